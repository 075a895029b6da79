import {
  getSensorReading,
  getSensorReadingFactors,
  getSensorThresholds,
  thresholdNames,
  type ThresholdName,
} from '../commands/sensor/reading.js';
import type { Sender } from '../client/sender.js';
import { conversionOf, convert, convertDifference, isNonLinear, readFactors, type Conversion } from '../decode/conversion.js';
import { isSensor, type Sdr, type SensorSdr } from '../decode/sdr.js';
import { describeStates, healthOf, type SensorHealth, type SensorReading } from '../decode/sensor-value.js';
import { describeEntity } from '../decode/tables/entities.js';
import { isThreshold } from '../decode/tables/events.js';
import { describeSensorType } from '../decode/tables/sensor-types.js';
import { describeUnit } from '../decode/tables/units.js';
import { isCompletion } from '../wire/command.js';

/** Thresholds in the unit of the sensor; those the sensor does not have are left out. */
export type Thresholds = Partial<Record<ThresholdName, number>>;

/** A sensor with what it reads now. */
export interface SensorValue {
  readonly name: string;
  readonly sensor: number;
  readonly kind: SensorSdr['kind'];
  readonly sensorType: string;
  readonly entity: string;
  /** "7.1": entity id and instance. */
  readonly entityId: string;
  readonly health: SensorHealth;
  /** Why there is no reading, when a BMC refused to give one. */
  readonly reason?: string;
  readonly raw?: number;
  /** In `unit`; only for threshold sensors with a full record. */
  readonly value?: number;
  readonly unit?: string;
  /** Asserted states of a discrete sensor, in words. */
  readonly states: readonly string[];
  /** Bits as the BMC gave them. */
  readonly stateBits?: number;
  readonly thresholds?: Thresholds;
  readonly hysteresis?: { readonly positive: number; readonly negative: number };
}

function describe(sdr: SensorSdr) {
  return {
    name: sdr.name,
    sensor: sdr.sensor,
    kind: sdr.kind,
    sensorType: describeSensorType(sdr.sensorType),
    entity: describeEntity(sdr.entity),
    entityId: `${sdr.entity}.${sdr.entityInstance}`,
  };
}

function bitsOf(reading: SensorReading): number {
  return ((reading.states ?? 0) | ((reading.moreStates ?? 0) << 8)) & 0x7fff;
}

/** Conversion of a full record; for non-linear sensors the factors that hold at this reading are asked for (IPMI 2.0 36.2). */
async function conversionAt(sender: Sender, sdr: SensorSdr, raw: number): Promise<Conversion | undefined> {
  if (sdr.kind !== 'full' || sdr.analogFormat === 'none') return undefined;
  if (!isNonLinear(sdr.linearization)) return conversionOf(sdr);
  const { factors } = await sender.send(getSensorReadingFactors, { sensor: sdr.sensor, raw }, { lun: sdr.ownerLun });
  return conversionOf(sdr, readFactors({ ...factors, direction: 'unspecified' }));
}

/** A record of several sensors (share count) as one record each (IPMI 2.0 43.2). */
export function unshared(sdr: SensorSdr): SensorSdr[] {
  if (sdr.kind === 'full' || sdr.shareCount <= 1) return [sdr];
  return Array.from({ length: sdr.shareCount }, (_, index) => {
    const number = sdr.modifierOffset + index;
    const suffix = sdr.instanceModifier === 'alpha' ? String.fromCharCode(0x41 + (number % 26)) : String(number);
    const entityInstance = sdr.entityIncrements ? sdr.entityInstance + index : sdr.entityInstance;
    return { ...sdr, sensor: sdr.sensor + index, name: `${sdr.name}${suffix}`, entityInstance };
  });
}

/**
 * Reads one sensor (IPMI 2.0 35.14). Event-only sensors and sensors the BMC does not have now come as `unavailable`;
 * other refusals reject with CompletionError. Sensors of other controllers (owner other than 20h) are not reached.
 */
export async function readSensor(sender: Sender, sdr: SensorSdr): Promise<SensorValue> {
  const base = describe(sdr);
  if (sdr.kind === 'event-only') return { ...base, health: 'unavailable', states: [], reason: 'the sensor only makes events' };
  if (sdr.owner !== 0x20) return { ...base, health: 'unavailable', states: [], reason: 'the sensor belongs to another controller' };
  let reading: SensorReading;
  try {
    reading = await sender.send(getSensorReading, { sensor: sdr.sensor }, { lun: sdr.ownerLun });
  } catch (error) {
    if (isCompletion(error)) return { ...base, health: 'unavailable', states: [], reason: error.words };
    throw error;
  }
  const health = healthOf(sdr, reading);
  if (health === 'unavailable' || health === 'disabled') return { ...base, health, states: [] };
  const stateBits = bitsOf(reading);
  if (!isThreshold(sdr.eventType)) {
    const states = describeStates(sdr, stateBits);
    const conversion = await conversionAt(sender, sdr, reading.raw);
    if (conversion === undefined || sdr.kind !== 'full') return { ...base, health, states, stateBits, raw: reading.raw };
    return { ...base, health, states, stateBits, raw: reading.raw, value: convert(conversion, reading.raw), unit: describeUnit(sdr) };
  }
  const conversion = await conversionAt(sender, sdr, reading.raw);
  if (conversion === undefined || sdr.kind === 'compact')
    return { ...base, health, states: [], stateBits: stateBits & 0x3f, raw: reading.raw };
  return {
    ...base,
    health,
    states: [],
    stateBits: stateBits & 0x3f,
    raw: reading.raw,
    value: convert(conversion, reading.raw),
    unit: describeUnit(sdr),
  };
}

/** All sensors of a repository, in its order, one request each. */
export async function readSensors(sender: Sender, sdrs: readonly Sdr[]): Promise<SensorValue[]> {
  const sensors = sdrs.filter(isSensor).flatMap(unshared);
  return Promise.all(sensors.map((sdr) => readSensor(sender, sdr)));
}

/** Thresholds and hysteresis of a threshold sensor in its unit (IPMI 2.0 35.9); undefined for other sensors. */
export async function readThresholds(sender: Sender, sdr: SensorSdr): Promise<Pick<SensorValue, 'thresholds' | 'hysteresis'> | undefined> {
  if (sdr.kind !== 'full' || !isThreshold(sdr.eventType)) return undefined;
  const answer = await sender.send(getSensorThresholds, { sensor: sdr.sensor }, { lun: sdr.ownerLun });
  const thresholds: Thresholds = {};
  for (const [index, name] of thresholdNames.entries()) {
    if ((answer.readable & (1 << index)) === 0) continue;
    const conversion = await conversionAt(sender, sdr, answer[name]);
    if (conversion !== undefined) thresholds[name] = convert(conversion, answer[name]);
  }
  const conversion = conversionOf(sdr);
  const hysteresis = {
    positive: convertDifference(conversion, sdr.positiveHysteresis),
    negative: convertDifference(conversion, sdr.negativeHysteresis),
  };
  return { thresholds, hysteresis };
}
