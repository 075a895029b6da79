/** Units of sensors by number (IPMI 2.0 table 43-15). */
export const sensorUnits: readonly string[] = [
  'unspecified',
  'degrees C',
  'degrees F',
  'degrees K',
  'Volts',
  'Amps',
  'Watts',
  'Joules',
  'Coulombs',
  'VA',
  'Nits',
  'lumen',
  'lux',
  'Candela',
  'kPa',
  'PSI',
  'Newton',
  'CFM',
  'RPM',
  'Hz',
  'microsecond',
  'millisecond',
  'second',
  'minute',
  'hour',
  'day',
  'week',
  'mil',
  'inches',
  'feet',
  'cu in',
  'cu feet',
  'mm',
  'cm',
  'm',
  'cu cm',
  'cu m',
  'liters',
  'fluid ounce',
  'radians',
  'steradians',
  'revolutions',
  'cycles',
  'gravities',
  'ounce',
  'pound',
  'ft-lb',
  'oz-in',
  'gauss',
  'gilberts',
  'henry',
  'millihenry',
  'farad',
  'microfarad',
  'ohms',
  'siemens',
  'mole',
  'becquerel',
  'PPM',
  'reserved',
  'Decibels',
  'DbA',
  'DbC',
  'gray',
  'sievert',
  'color temp deg K',
  'bit',
  'kilobit',
  'megabit',
  'gigabit',
  'byte',
  'kilobyte',
  'megabyte',
  'gigabyte',
  'word',
  'dword',
  'qword',
  'line',
  'hit',
  'miss',
  'retry',
  'reset',
  'overflow',
  'underrun',
  'collision',
  'packets',
  'messages',
  'characters',
  'error',
  'correctable error',
  'uncorrectable error',
  'fatal error',
  'grams',
];

export interface UnitFields {
  readonly percentage: boolean;
  readonly modifierUse: 'none' | 'divide' | 'multiply' | number;
  readonly baseUnit: number;
  readonly modifierUnit: number;
}

function name(unit: number): string {
  return sensorUnits[unit] ?? `unit ${unit}`;
}

/** The unit of a sensor in words, with its modifier ("m / second"). */
export function describeUnit(fields: UnitFields): string {
  const base = name(fields.baseUnit);
  const modified =
    fields.modifierUse === 'multiply'
      ? `${base} * ${name(fields.modifierUnit)}`
      : fields.modifierUse === 'divide'
        ? `${base}/${name(fields.modifierUnit)}`
        : base;
  if (!fields.percentage) return modified;
  return fields.baseUnit === 0 ? 'percent' : `% ${modified}`;
}
