import { specificEvents } from './specific-events.js';

/** Offsets of generic event/reading types 01h to 0Ch (IPMI 2.0 table 42-2). */
const generic: Readonly<Record<number, readonly string[]>> = {
  0x01: [
    'Lower Non-critical going low',
    'Lower Non-critical going high',
    'Lower Critical going low',
    'Lower Critical going high',
    'Lower Non-recoverable going low',
    'Lower Non-recoverable going high',
    'Upper Non-critical going low',
    'Upper Non-critical going high',
    'Upper Critical going low',
    'Upper Critical going high',
    'Upper Non-recoverable going low',
    'Upper Non-recoverable going high',
  ],
  0x02: ['Transition to Idle', 'Transition to Active', 'Transition to Busy'],
  0x03: ['State Deasserted', 'State Asserted'],
  0x04: ['Predictive Failure Deasserted', 'Predictive Failure Asserted'],
  0x05: ['Limit Not Exceeded', 'Limit Exceeded'],
  0x06: ['Performance Met', 'Performance Lags'],
  0x07: [
    'Transition to OK',
    'Transition to Non-critical from OK',
    'Transition to Critical from less severe',
    'Transition to Non-recoverable from less severe',
    'Transition to Non-critical from more severe',
    'Transition to Critical from Non-recoverable',
    'Transition to Non-recoverable',
    'Monitor',
    'Informational',
  ],
  0x08: ['Device Absent', 'Device Present'],
  0x09: ['Device Disabled', 'Device Enabled'],
  0x0a: [
    'Transition to Running',
    'Transition to In Test',
    'Transition to Power Off',
    'Transition to On Line',
    'Transition to Off Line',
    'Transition to Off Duty',
    'Transition to Degraded',
    'Transition to Power Save',
    'Install Error',
  ],
  0x0b: [
    'Fully Redundant',
    'Redundancy Lost',
    'Redundancy Degraded',
    'Non-Redundant: Sufficient from Redundant',
    'Non-Redundant: Sufficient from Insufficient',
    'Non-Redundant: Insufficient Resources',
    'Redundancy Degraded from Fully Redundant',
    'Redundancy Degraded from Non-Redundant',
  ],
  0x0c: ['D0 Power State', 'D1 Power State', 'D2 Power State', 'D3 Power State'],
};

/** True for threshold sensors, whose readings are numbers. */
export function isThreshold(eventType: number): boolean {
  return eventType === 0x01;
}

/** Sensor-specific offsets are used by event type 6Fh. */
export const sensorSpecific = 0x6f;

/** What offset `offset` of an event or state means; undefined when the tables do not say. */
export function describeOffset(event: { eventType: number; sensorType: number; offset: number }): string | undefined {
  const words = event.eventType === sensorSpecific ? specificEvents[event.sensorType] : generic[event.eventType];
  return words?.[event.offset];
}
