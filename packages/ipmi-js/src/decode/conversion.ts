import type { FullRecord, RawFactors } from './sdr-records.js';

/** y = L((M x + B 10^bExponent) 10^resultExponent) (IPMI 2.0 36.3). */
export interface Factors {
  readonly m: number;
  readonly b: number;
  readonly bExponent: number;
  readonly resultExponent: number;
  readonly tolerance: number;
}

function signed(value: number, width: number): number {
  return value >= 2 ** (width - 1) ? value - 2 ** width : value;
}

export function readFactors(raw: RawFactors): Factors {
  return {
    m: signed(raw.mLow | (raw.mHigh << 8), 10),
    b: signed(raw.bLow | (raw.bHigh << 8), 10),
    bExponent: signed(raw.bExponent, 4),
    resultExponent: signed(raw.resultExponent, 4),
    tolerance: raw.tolerance,
  };
}

/** The opposite of {@link readFactors}; accuracy 1, direction input. */
export function writeFactors(factors: Factors): RawFactors {
  const [m, b] = [factors.m & 0x3ff, factors.b & 0x3ff];
  return {
    mLow: m & 0xff,
    mHigh: m >> 8,
    tolerance: factors.tolerance,
    bLow: b & 0xff,
    bHigh: b >> 8,
    accuracyLow: 1,
    accuracyHigh: 0,
    accuracyExponent: 0,
    direction: 'input',
    bExponent: factors.bExponent & 0x0f,
    resultExponent: factors.resultExponent & 0x0f,
  };
}

/** Linearization functions 0 to 11 (IPMI 2.0 43.1 byte 24). */
const linearizations: readonly ((value: number) => number)[] = [
  (value) => value,
  Math.log,
  Math.log10,
  Math.log2,
  Math.exp,
  (value) => 10 ** value,
  (value) => 2 ** value,
  (value) => 1 / value,
  (value) => value ** 2,
  (value) => value ** 3,
  Math.sqrt,
  (value) => Math.cbrt(value),
];

const inverses: readonly ((value: number) => number)[] = [
  (value) => value,
  Math.exp,
  (value) => 10 ** value,
  (value) => 2 ** value,
  Math.log,
  Math.log10,
  Math.log2,
  (value) => 1 / value,
  Math.sqrt,
  Math.cbrt,
  (value) => value ** 2,
  (value) => value ** 3,
];

/** True for sensors whose factors depend on the reading and must be asked for (70h to 7Fh). */
export function isNonLinear(linearization: number): boolean {
  return linearization >= 0x70;
}

/** A raw byte as the number its analog format means. */
export function rawToNumber(raw: number, format: FullRecord['analogFormat']): number {
  if (format === 'twos-complement') return signed(raw, 8);
  if (format === 'ones-complement') return raw & 0x80 ? -(~raw & 0xff) : raw;
  return raw;
}

function numberToRaw(value: number, format: FullRecord['analogFormat']): number {
  const [low, high] = format === 'unsigned' ? [0, 255] : format === 'ones-complement' ? [-127, 127] : [-128, 127];
  const limited = Math.max(low, Math.min(high, Math.round(value)));
  if (limited >= 0) return limited;
  return format === 'ones-complement' ? ~-limited & 0xff : limited & 0xff;
}

export interface Conversion {
  readonly factors: Factors;
  readonly format: FullRecord['analogFormat'];
  readonly linearization: number;
}

/** How a full record converts; non-linear sensors need `factors` asked for at the reading. */
export function conversionOf(record: FullRecord, factors: Factors = readFactors(record.factors)): Conversion {
  return { factors, format: record.analogFormat, linearization: isNonLinear(record.linearization) ? 0 : record.linearization };
}

/** A raw byte in the unit of the sensor. Infinite or NaN where the function has no value there. */
export function convert(conversion: Conversion, raw: number): number {
  const { m, b, bExponent, resultExponent } = conversion.factors;
  const linear = (m * rawToNumber(raw, conversion.format) + b * 10 ** bExponent) * 10 ** resultExponent;
  return (linearizations[conversion.linearization] ?? ((value: number) => value))(linear);
}

/** The raw byte nearest to a value, for setting thresholds. */
export function unconvert(conversion: Conversion, value: number): number {
  const { m, b, bExponent, resultExponent } = conversion.factors;
  const linear = (inverses[conversion.linearization] ?? ((same: number) => same))(value);
  return numberToRaw(m === 0 ? 0 : (linear / 10 ** resultExponent - b * 10 ** bExponent) / m, conversion.format);
}

/** A difference such as hysteresis or tolerance: without the offset. */
export function convertDifference(conversion: Conversion, raw: number): number {
  const { m, resultExponent } = conversion.factors;
  return m * raw * 10 ** resultExponent;
}
