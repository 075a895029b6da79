import type { Value } from '../wire/codec.js';
import type { getSensorReading } from '../commands/sensor/reading.js';
import { describeOffset, isThreshold } from './tables/events.js';
import type { SensorSdr } from './sdr.js';

export type SensorReading = Value<(typeof getSensorReading)['response']>;

/** ok, or the worst threshold that is crossed; `unavailable` when there is no reading. */
export type SensorHealth = 'ok' | 'non-critical' | 'critical' | 'non-recoverable' | 'unavailable' | 'disabled';

/** Asserted bits of a discrete sensor in words; bits without words come as "offset n". */
export function describeStates(sensor: Pick<SensorSdr, 'eventType' | 'sensorType'>, states: number): string[] {
  const out: string[] = [];
  for (let offset = 0; offset < 15; offset += 1) {
    if ((states & (1 << offset)) !== 0) out.push(describeOffset({ ...sensor, offset }) ?? `offset ${offset}`);
  }
  return out;
}

/** Health from a reading; discrete sensors are `ok` when they can be read, their states say the rest. */
export function healthOf(sensor: Pick<SensorSdr, 'eventType'>, reading: SensorReading): SensorHealth {
  if (!reading.scanning) return 'disabled';
  if (reading.unavailable) return 'unavailable';
  if (!isThreshold(sensor.eventType)) return 'ok';
  const states = reading.states ?? 0;
  if ((states & 0b100100) !== 0) return 'non-recoverable';
  if ((states & 0b010010) !== 0) return 'critical';
  if ((states & 0b001001) !== 0) return 'non-critical';
  return 'ok';
}
