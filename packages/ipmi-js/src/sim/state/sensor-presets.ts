import type { AnalogOptions, SensorOptions } from './sensors.js';

const units = { celsius: 1, volts: 4, amps: 5, watts: 6, rpm: 18 } as const;

/** A small server: temperatures, fans, voltages, power, two supplies, watchdog and event log. */
export function serverSensors(): SensorOptions[] {
  const temperature = { kind: 'analog', sensorType: 0x01, unit: units.celsius, swing: 4 } as const;
  const fan = {
    kind: 'analog',
    sensorType: 0x04,
    unit: units.rpm,
    entity: 0x1d,
    factors: { m: 60 },
    swing: 240,
    periodSeconds: 45,
  } as const;
  const fanLimits = { lowerNonCritical: 1800, lowerCritical: 1200 };
  return [
    {
      ...temperature,
      name: 'CPU1 Temp',
      sensor: 1,
      entity: 0x03,
      base: 48,
      thresholds: { upperNonCritical: 85, upperCritical: 95, upperNonRecoverable: 100 },
      hysteresis: 2,
    },
    {
      ...temperature,
      name: 'CPU2 Temp',
      sensor: 2,
      entity: 0x03,
      entityInstance: 2,
      base: 51,
      thresholds: { upperNonCritical: 85, upperCritical: 95, upperNonRecoverable: 100 },
      hysteresis: 2,
    },
    {
      ...temperature,
      name: 'Inlet Temp',
      sensor: 3,
      entity: 0x37,
      base: 23,
      swing: 1,
      format: 'twos-complement',
      thresholds: { lowerCritical: -7, lowerNonCritical: 3, upperNonCritical: 38, upperCritical: 42 },
    },
    { ...fan, name: 'Fan 1', sensor: 4, base: 5400, thresholds: fanLimits },
    { ...fan, name: 'Fan 2', sensor: 5, entityInstance: 2, base: 5280, thresholds: fanLimits },
    voltage('P12V', { sensor: 6, base: 12.1, step: 0.06 }),
    voltage('P3V3', { sensor: 7, base: 3.3, step: 0.02 }),
    voltage('VBAT', { sensor: 8, base: 3.05, step: 0.02 }),
    {
      kind: 'analog',
      name: 'System Power',
      sensor: 9,
      entity: 0x07,
      sensorType: 0x0b,
      unit: units.watts,
      factors: { m: 4 },
      base: 212,
      swing: 40,
    },
    { kind: 'discrete', name: 'PSU1 Status', sensor: 10, entity: 0x0a, sensorType: 0x08, states: 0x01, possible: 0x0f },
    { kind: 'discrete', name: 'PSU2 Status', sensor: 11, entity: 0x0a, entityInstance: 2, sensorType: 0x08, states: 0x01, possible: 0x0f },
    { kind: 'discrete', name: 'PSU Redundancy', sensor: 12, entity: 0x13, sensorType: 0x09, eventType: 0x0b, states: 0x01, possible: 0x0f },
    { kind: 'discrete', name: 'Intrusion', sensor: 13, entity: 0x17, sensorType: 0x05, states: 0x00, possible: 0x01 },
    { kind: 'event-only', name: 'SEL', sensor: 14, entity: 0x07, sensorType: 0x10 },
    { kind: 'event-only', name: 'Watchdog', sensor: 15, entity: 0x07, sensorType: 0x23 },
  ];
}

function voltage(name: string, at: { sensor: number; base: number; step: number }): AnalogOptions {
  const { base, step, sensor } = at;
  const [m, resultExponent] = [Math.round(step * 1000), -3];
  return {
    kind: 'analog',
    name,
    sensor,
    entity: 0x07,
    sensorType: 0x02,
    unit: units.volts,
    base,
    swing: step,
    factors: { m, resultExponent },
    thresholds: { lowerCritical: base * 0.9, lowerNonCritical: base * 0.94, upperNonCritical: base * 1.06, upperCritical: base * 1.1 },
  };
}

/** Any number of temperatures, for measuring. */
export function manySensors(count: number): SensorOptions[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'analog',
    name: `Temp ${index + 1}`,
    sensor: index + 1,
    entity: 0x07,
    entityInstance: index + 1,
    sensorType: 0x01,
    unit: units.celsius,
    base: 30 + (index % 20),
    swing: 3,
    thresholds: { upperNonCritical: 80, upperCritical: 90 },
  }));
}
