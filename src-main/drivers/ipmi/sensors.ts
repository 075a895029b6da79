import {
  isSensor,
  readSensor,
  readThresholds,
  type Sdr,
  type SensorHealth,
  type SensorSdr,
  type SensorValue,
  type Thresholds,
} from 'ipmi-js';
import type { Health, Sensor } from '../capabilities.ts';
import { sensorRecords, type IpmiLink } from './ipmi-link.ts';

const HEALTH: Readonly<Record<SensorHealth, Health>> = {
  ok: 'ok',
  'non-critical': 'warning',
  critical: 'critical',
  'non-recoverable': 'critical',
  unavailable: 'unavailable',
  disabled: 'unavailable',
};

/** Units of IPMI as people write them; the others as they come. */
const UNITS: Readonly<Record<string, string>> = { 'degrees C': '°C', Volts: 'V', Watts: 'W', Amps: 'A', percent: '%' };

/** Thresholds are read once for a record: they are settings, not readings. */
const thresholdsOf = new WeakMap<Sdr, Thresholds>();

export async function readAllSensors(link: IpmiLink): Promise<Sensor[]> {
  const records = (await sensorRecords(link)).filter(isSensor);
  const names = new Map<string, number>();
  const out: Sensor[] = [];
  for (const record of records) {
    const value = await readSensor(link.client, record);
    const times = names.get(value.name) ?? 0;
    names.set(value.name, times + 1);
    out.push(toSensor(value, { id: `${record.ownerLun}.${value.sensor}`, thresholds: await thresholds(link, record) }));
  }
  return out;
}

async function thresholds(link: IpmiLink, record: SensorSdr): Promise<Thresholds> {
  const known = thresholdsOf.get(record);
  if (known !== undefined) return known;
  const read = await readThresholds(link.client, record).catch((): undefined => undefined);
  const found = read?.thresholds ?? {};
  thresholdsOf.set(record, found);
  return found;
}

function toSensor(value: SensorValue, { id, thresholds }: Pick<Sensor, 'id' | 'thresholds'>): Sensor {
  return {
    id,
    name: value.name.trim(),
    kind: value.sensorType,
    value: value.value ?? null,
    unit: value.unit === undefined ? null : (UNITS[value.unit] ?? value.unit),
    states: [...value.states],
    health: HEALTH[value.health],
    reason: value.reason ?? null,
    thresholds: { ...thresholds },
  };
}
