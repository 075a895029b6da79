/** Sensor types (IPMI 2.0 table 42-3). */
const sensorTypes: readonly string[] = [
  'Reserved',
  'Temperature',
  'Voltage',
  'Current',
  'Fan',
  'Physical Security',
  'Platform Security',
  'Processor',
  'Power Supply',
  'Power Unit',
  'Cooling Device',
  'Other',
  'Memory',
  'Drive Slot / Bay',
  'POST Memory Resize',
  'System Firmwares',
  'Event Logging Disabled',
  'Watchdog1',
  'System Event',
  'Critical Interrupt',
  'Button',
  'Module / Board',
  'Microcontroller',
  'Add-in Card',
  'Chassis',
  'Chip Set',
  'Other FRU',
  'Cable / Interconnect',
  'Terminator',
  'System Boot Initiated',
  'Boot Error',
  'OS Boot',
  'OS Critical Stop',
  'Slot / Connector',
  'System ACPI Power State',
  'Watchdog2',
  'Platform Alert',
  'Entity Presence',
  'Monitor ASIC',
  'LAN',
  'Management Subsys Health',
  'Battery',
  'Session Audit',
  'Version Change',
  'FRU State',
];

const picmg: Readonly<Record<number, string>> = {
  0xf0: 'FRU Hot Swap',
  0xf1: 'IPMB Physical Link',
  0xf2: 'Module Hot Swap',
  0xf3: 'Power Channel Notification',
  0xf4: 'Telco Alarm Input',
};

/** A sensor type in words. */
export function describeSensorType(type: number): string {
  const known = sensorTypes[type] ?? picmg[type];
  if (known !== undefined) return known;
  return type >= 0xc0 ? `OEM (0x${type.toString(16)})` : `Reserved (0x${type.toString(16)})`;
}
