import { describeChassisType, getDeviceGuid, getDeviceId, getSystemGuid, readFrus, type Fru, type FruEntry, type Sdr } from 'ipmi-js';
import type { FruItem, Identity } from '../capabilities.ts';
import type { Handlers } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import { sensorRecords, type IpmiLink } from './ipmi-link.ts';
import { uuidFromGuid } from './uuid.ts';

type Has<C extends keyof Handlers<IpmiLink>> = NonNullable<Handlers<IpmiLink>[C]>;

export const identity: Has<'identity'> = {
  read: async (link) => {
    const device = await link.client.send(getDeviceId, undefined);
    const [main] = await readFrus(link.client, []).catch((): FruEntry[] => []);
    const { product, board } = main?.content ?? {};
    const told = (...values: (string | undefined)[]) => values.find((value) => value !== undefined && value !== '') ?? null;
    return {
      uuid: await uuidOf(link),
      manufacturer: told(product?.manufacturer, board?.manufacturer),
      model: told(product?.name, board?.product),
      serial: told(product?.serial, board?.serial),
      assetTag: told(product?.assetTag),
      hostName: null,
      bmcVersion: versionOf(device),
      biosVersion: null,
    } satisfies Identity;
  },
};

/** The system's, else the BMC's own. */
async function uuidOf({ client }: IpmiLink): Promise<string | null> {
  for (const command of [getSystemGuid, getDeviceGuid]) {
    const guid = await client.send(command, undefined).then(
      (answer) => answer.guid,
      () => undefined,
    );
    const uuid = guid === undefined ? null : uuidFromGuid(guid);
    if (uuid !== null) return uuid;
  }
  return null;
}

/** The minor number is in BCD (IPMI 2.0, 20.1). */
function versionOf({ firmwareMajor, firmwareMinor }: { firmwareMajor: number; firmwareMinor: number }): string {
  return `${firmwareMajor}.${firmwareMinor.toString(16).padStart(2, '0')}`;
}

export const firmware: Has<'firmware'> = {
  read: async ({ client }) => {
    const device = await client.send(getDeviceId, undefined);
    return [{ id: 'bmc', name: 'BMC', version: versionOf(device), updateable: null }];
  },
};

export const fru: Has<'fru'> = {
  read: async (link) => {
    const entries = await readFrus(link.client, await sensorRecords(link).catch((): Sdr[] => []));
    if (entries.every(({ content }) => content === undefined)) {
      throw new DriverError('OOBM_UNSUPPORTED', `The BMC shows no inventory: ${entries[0]?.problem ?? 'it has none'}.`);
    }
    return entries.map(toItem);
  },
};

function toItem({ fru: id, name, content, problem }: FruEntry): FruItem {
  const problems = [problem, ...(content?.problems ?? [])].filter((each) => each !== undefined);
  return {
    id: String(id),
    name: name.trim(),
    fields: content === undefined ? [] : fieldsOf(content),
    problem: problems.length === 0 ? null : problems.join('; '),
  };
}

function fieldsOf({ chassis, board, product }: Fru): FruItem['fields'] {
  const rows: [string, string | undefined][] = [
    ['Chassis type', chassis && describeChassisType(chassis.type)],
    ['Chassis part number', chassis?.partNumber],
    ['Chassis serial', chassis?.serial],
    ['Board made', board?.madeAt?.toISOString()],
    ['Board manufacturer', board?.manufacturer],
    ['Board', board?.product],
    ['Board serial', board?.serial],
    ['Board part number', board?.partNumber],
    ['Manufacturer', product?.manufacturer],
    ['Product', product?.name],
    ['Part number', product?.partNumber],
    ['Version', product?.version],
    ['Serial', product?.serial],
    ['Asset tag', product?.assetTag],
    ...[...(chassis?.custom ?? []), ...(board?.custom ?? []), ...(product?.custom ?? [])].map((value): [string, string] => [
      'Extra',
      value,
    ]),
  ];
  return rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value }]));
}
