import type { FirmwareItem, FruItem } from '../capabilities.ts';
import type { Handlers } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import { booleanAt, linkAt, numberAt, textAt, type Json } from './json.ts';
import { readLinked, readSystem, type Looking, type RedfishLink } from './redfish-link.ts';

type Has<C extends keyof Handlers<RedfishLink>> = NonNullable<Handlers<RedfishLink>[C]>;

export const identity: Has<'identity'> = {
  read: async (link, _args, task) => {
    const { system } = await readSystem(link, task);
    const [manager] = await readLinked(link, 'ManagedBy', task);
    return {
      uuid: textAt(system, 'UUID')?.toLowerCase() ?? null,
      manufacturer: textAt(system, 'Manufacturer'),
      model: textAt(system, 'Model'),
      serial: textAt(system, 'SerialNumber'),
      assetTag: textAt(system, 'AssetTag'),
      hostName: textAt(system, 'HostName'),
      bmcVersion: textAt(manager, 'FirmwareVersion'),
      biosVersion: textAt(system, 'BiosVersion'),
    };
  },
};

/** The inventory, or what there is of it without one: the versions that BMC and system tell of themselves. */
export const firmware: Has<'firmware'> = {
  read: async (link, _args, task) => {
    const update = linkAt(await link.service.root(task.signal), 'UpdateService');
    const path = update === null ? null : linkAt(await link.service.get(update, task), 'FirmwareInventory');
    const items = path === null ? [] : (await existing(link.service.members(path, task))).map(toFirmware);
    if (items.length > 0) return items;
    const { system } = await readSystem(link, task);
    const managers = await readLinked(link, 'ManagedBy', task);
    const own = managers.map((manager) =>
      item(textAt(manager, 'Id') ?? 'bmc', textAt(manager, 'Name') ?? 'BMC', textAt(manager, 'FirmwareVersion')),
    );
    return [...own, item('bios', 'BIOS', textAt(system, 'BiosVersion'))].flatMap((each) => each ?? []);
  },
};

function item(id: string, name: string, version: string | null): FirmwareItem | null {
  return version === null ? null : { id, name, version, updateable: null };
}

function toFirmware(entry: Json): FirmwareItem {
  const id = textAt(entry, 'Id') ?? '';
  return { id, name: textAt(entry, 'Name') ?? id, version: textAt(entry, 'Version') ?? '', updateable: booleanAt(entry, 'Updateable') };
}

/** Property and label, in the order in which they are shown. */
const FIELDS: readonly [property: string, label: string][] = [
  ['Manufacturer', 'Manufacturer'],
  ['Model', 'Product'],
  ['PartNumber', 'Part number'],
  ['SKU', 'SKU'],
  ['SerialNumber', 'Serial'],
  ['AssetTag', 'Asset tag'],
  ['UUID', 'UUID'],
  ['ChassisType', 'Chassis type'],
  ['ProcessorType', 'Processor type'],
  ['MemoryDeviceType', 'Memory type'],
];
const NUMBERS: readonly [property: string, label: string][] = [
  ['TotalCores', 'Cores'],
  ['MaxSpeedMHz', 'Highest clock, MHz'],
  ['CapacityMiB', 'Capacity, MiB'],
];

export const fru: Has<'fru'> = {
  read: async (link, _args, task) => {
    const { path, system } = await readSystem(link, task);
    const parts = [...(await part(link, system, { name: 'Processors', task })), ...(await part(link, system, { name: 'Memory', task }))];
    const chassis = await readLinked(link, 'Chassis', task);
    return [{ ...toItem(system), id: path }, ...[...chassis, ...parts].map(toItem)];
  },
};

/** A service may name a collection that it does not have. */
async function existing(members: Promise<Json[]>): Promise<Json[]> {
  return members.catch((error: unknown) => {
    if (error instanceof DriverError && error.code === 'OOBM_UNSUPPORTED') return [];
    throw error;
  });
}

async function part(link: RedfishLink, system: Json, { name, task }: { name: string; task: Looking }): Promise<Json[]> {
  const path = linkAt(system, name);
  return path === null ? [] : existing(link.service.members(path, task));
}

function toItem(resource: Json): FruItem {
  const id = textAt(resource, '@odata.id') ?? textAt(resource, 'Id') ?? '';
  const fields = [
    ...FIELDS.map(([property, name]) => ({ name, value: textAt(resource, property) })),
    ...NUMBERS.map(([property, name]) => ({ name, value: numberAt(resource, property)?.toString() ?? null })),
  ].flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  return { id, name: textAt(resource, 'Name') ?? textAt(resource, 'Id') ?? id, fields, problem: null };
}
