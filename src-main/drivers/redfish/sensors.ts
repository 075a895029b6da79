import type { Health, Sensor } from '../capabilities.ts';
import type { Task } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import { linkAt, listAt, numberAt, objectAt, textAt, type Json } from './json.ts';
import { readLinked, type Looking, type RedfishLink } from './redfish-link.ts';

/** The newer collection of sensors, else the older tables of temperatures, fans, voltages and power. */
export async function readAllSensors(link: RedfishLink, _args: unknown, task: Task): Promise<Sensor[]> {
  const out: Sensor[] = [];
  let told = false;
  for (const chassis of await readLinked(link, 'Chassis', task)) {
    const found = (await newer(link, chassis, task)) ?? (await older(link, chassis, task));
    if (found === undefined) continue;
    told = true;
    out.push(...found);
  }
  if (!told) throw new DriverError('OOBM_UNSUPPORTED', 'The Redfish service shows no sensors of this machine.');
  return out;
}

async function newer(link: RedfishLink, chassis: Json, task: Looking): Promise<Sensor[] | undefined> {
  const path = linkAt(chassis, 'Sensors');
  if (path === null) return undefined;
  const sensors = (await link.service.members(path, task)).map(fromSensor);
  return sensors.length === 0 ? undefined : sensors;
}

function fromSensor(resource: Json): Sensor {
  const limits = objectAt(resource, 'Thresholds');
  const limit = (name: string) => numberAt(limits, name, 'Reading');
  return {
    ...common(resource),
    id: textAt(resource, '@odata.id') ?? textAt(resource, 'Id') ?? '',
    kind: textAt(resource, 'ReadingType') ?? 'Sensor',
    value: numberAt(resource, 'Reading'),
    unit: unitOf(textAt(resource, 'ReadingUnits')),
    thresholds: present({
      lowerNonRecoverable: limit('LowerFatal'),
      lowerCritical: limit('LowerCritical'),
      lowerNonCritical: limit('LowerCaution'),
      upperNonCritical: limit('UpperCaution'),
      upperCritical: limit('UpperCritical'),
      upperNonRecoverable: limit('UpperFatal'),
    }),
  };
}

/** Where a table is, what its readings are called and in which unit they come. */
const TABLES = [
  { resource: 'Thermal', list: 'Temperatures', kind: 'Temperature', reading: 'ReadingCelsius', unit: '°C' },
  { resource: 'Thermal', list: 'Fans', kind: 'Fan', reading: 'Reading', unit: null },
  { resource: 'Power', list: 'Voltages', kind: 'Voltage', reading: 'ReadingVolts', unit: 'V' },
  { resource: 'Power', list: 'PowerControl', kind: 'Power', reading: 'PowerConsumedWatts', unit: 'W' },
  { resource: 'Power', list: 'PowerSupplies', kind: 'Power supply', reading: 'LastPowerOutputWatts', unit: 'W' },
] as const;

async function older(link: RedfishLink, chassis: Json, task: Looking): Promise<Sensor[] | undefined> {
  const out: Sensor[] = [];
  let told = false;
  for (const resource of ['Thermal', 'Power'] as const) {
    const path = linkAt(chassis, resource);
    if (path === null) continue;
    const content = await link.service.get(path, task);
    told = true;
    for (const table of TABLES.filter((each) => each.resource === resource)) {
      out.push(...listAt(content, table.list).map((row, index) => fromRow(row, { path, index, table })));
    }
  }
  return told ? out : undefined;
}

interface Place {
  path: string;
  index: number;
  table: (typeof TABLES)[number];
}

function fromRow(row: unknown, { path, index, table }: Place): Sensor {
  const limit = (name: string) => numberAt(row, name);
  return {
    ...common(row),
    id: textAt(row, '@odata.id') ?? `${path}#/${table.list}/${index}`,
    name: textAt(row, 'Name') ?? textAt(row, 'FanName') ?? `${table.kind} ${index + 1}`,
    kind: table.kind,
    value: numberAt(row, table.reading),
    unit: table.unit ?? unitOf(textAt(row, 'ReadingUnits')),
    thresholds: present({
      lowerNonRecoverable: limit('LowerThresholdFatal'),
      lowerCritical: limit('LowerThresholdCritical'),
      lowerNonCritical: limit('LowerThresholdNonCritical'),
      upperNonCritical: limit('UpperThresholdNonCritical'),
      upperCritical: limit('UpperThresholdCritical'),
      upperNonRecoverable: limit('UpperThresholdFatal'),
    }),
  };
}

function common(row: unknown): Pick<Sensor, 'name' | 'states' | 'health' | 'reason'> {
  const state = textAt(row, 'Status', 'State');
  const gone = state !== null && !['Enabled', 'InTest', 'StandbyOffline', 'StandbySpare'].includes(state);
  return {
    name: textAt(row, 'Name') ?? 'Sensor',
    states: state === null || state === 'Enabled' ? [] : [state],
    health: gone ? 'unavailable' : healthOf(textAt(row, 'Status', 'Health')),
    reason: gone ? state : null,
  };
}

function healthOf(word: string | null): Health {
  return word === 'Critical' ? 'critical' : word === 'Warning' ? 'warning' : 'ok';
}

/** Units as Redfish writes them (UCUM), as people do. */
const UNITS: Readonly<Record<string, string>> = {
  Cel: '°C',
  RPM: 'RPM',
  '{rev}/min': 'RPM',
  V: 'V',
  W: 'W',
  A: 'A',
  '%': '%',
  Percent: '%',
};

function unitOf(unit: string | null): string | null {
  return unit === null ? null : (UNITS[unit] ?? unit);
}

function present(limits: Record<keyof Sensor['thresholds'], number | null>): Sensor['thresholds'] {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null));
}
