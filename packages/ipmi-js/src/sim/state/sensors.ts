import { conversionOf, convert, unconvert, writeFactors, type Conversion, type Factors } from '../../decode/conversion.js';
import type { SensorSdr } from '../../decode/sdr.js';
import type { FullRecord } from '../../decode/sdr-records.js';
import { thresholdNames, type ThresholdName } from '../../commands/sensor/reading.js';

interface CommonOptions {
  readonly name: string;
  /** Number of the sensor, 1 to 254. */
  readonly sensor: number;
  readonly entity: number;
  readonly entityInstance?: number;
  readonly sensorType: number;
}

/** A sensor with a number for a reading; it swings around `base` like a slow wave. Values in `unit`. */
export interface AnalogOptions extends CommonOptions {
  readonly kind: 'analog';
  /** Unit number of IPMI 2.0 table 43-15. */
  readonly unit: number;
  readonly percentage?: boolean;
  readonly format?: FullRecord['analogFormat'];
  readonly linearization?: number;
  readonly factors?: Partial<Factors>;
  readonly base: number;
  readonly swing?: number;
  readonly periodSeconds?: number;
  readonly thresholds?: Partial<Record<ThresholdName, number>>;
  readonly hysteresis?: number;
}

/** A sensor with states; `eventType` 6Fh unless it is generic. */
export interface DiscreteOptions extends CommonOptions {
  readonly kind: 'discrete';
  readonly eventType?: number;
  /** Bits asserted now. */
  readonly states: number;
  /** Bits that can be asserted; all named in `states` when left out. */
  readonly possible?: number;
}

/** A sensor that only makes events and cannot be read. */
export interface EventOnlyOptions extends CommonOptions {
  readonly kind: 'event-only';
  readonly eventType?: number;
}

export type SensorOptions = AnalogOptions | DiscreteOptions | EventOnlyOptions;

const identity = { owner: 0x20, ownerLun: 0, channel: 0 } as const;

function key(options: SensorOptions) {
  return {
    ...identity,
    sensor: options.sensor,
    entity: options.entity,
    entityInstance: options.entityInstance ?? 1,
    entityIsLogical: false,
  };
}

function thresholdMasks(thresholds: AnalogOptions['thresholds'] = {}): { events: number; readable: number } {
  let [events, readable] = [0, 0];
  for (const [index, name] of thresholdNames.entries()) {
    if (thresholds[name] === undefined) continue;
    readable |= 1 << index;
    // Going low for lower thresholds, going high for upper ones.
    events |= 1 << (index < 3 ? index * 2 : index * 2 + 1);
  }
  return { events, readable };
}

/** A sensor of a simulated BMC: its record, and what it reads now. */
export class SimSensor {
  readonly options: SensorOptions;
  readonly sdr: SensorSdr;
  readonly thresholds: number[] = [0, 0, 0, 0, 0, 0];
  readonly #conversion: Conversion | undefined;
  #fixed: number | undefined;
  states: number;
  /** Comparison bits of the last look, to notice crossings. */
  crossed = 0;

  constructor(options: SensorOptions, record: number) {
    this.options = options;
    this.sdr = makeSdr(options, record);
    this.states = options.kind === 'discrete' ? options.states : 0;
    if (this.sdr.kind === 'full') {
      this.#conversion = conversionOf(this.sdr);
      const { thresholds = {} } = options as AnalogOptions;
      for (const [index, name] of thresholdNames.entries()) {
        const value = thresholds[name];
        if (value !== undefined) this.thresholds[index] = unconvert(this.#conversion, value);
      }
    }
  }

  get readable(): number {
    return this.options.kind === 'analog' ? thresholdMasks(this.options.thresholds).readable : 0;
  }

  /** Holds the reading at a value (in the unit); undefined lets it move again. */
  set(value: number | undefined): void {
    this.#fixed = value;
  }

  /** Raw reading at a time. */
  raw(nowMs: number): number {
    if (this.options.kind !== 'analog' || this.#conversion === undefined) return 0;
    const { base, swing = 0, periodSeconds = 60, sensor } = this.options;
    const wave = Math.sin((nowMs / 1000 / periodSeconds) * 2 * Math.PI + sensor);
    return unconvert(this.#conversion, this.#fixed ?? base + swing * wave);
  }

  value(raw: number): number {
    return this.#conversion === undefined ? raw : convert(this.#conversion, raw);
  }

  /** Threshold comparison bits for a raw reading (IPMI 2.0 35.14). */
  compare(raw: number): number {
    const reading = this.value(raw);
    let bits = 0;
    for (let index = 0; index < 6; index += 1) {
      if ((this.readable & (1 << index)) === 0) continue;
      const limit = this.value(this.thresholds[index] ?? 0);
      if (index < 3 ? reading <= limit : reading >= limit) bits |= 1 << index;
    }
    return bits;
  }
}

const sensorFlags = {
  initScanning: true,
  initEvents: true,
  initType: true,
  initHysteresis: true,
  initThresholds: true,
  initMaskedEvents: false,
  settable: true,
  eventControl: 0,
  autoRearm: true,
  ignoreWithoutEntity: false,
} as const;

function makeSdr(options: SensorOptions, record: number): SensorSdr {
  if (options.kind === 'analog') return analogSdr(options, record);
  const shared = {
    shareCount: 1,
    instanceModifier: 'numeric',
    modifierOffset: 0,
    entityIncrements: false,
    oem: 0,
    name: options.name,
  } as const;
  const eventType = options.eventType ?? 0x6f;
  const common = { record, ...key(options), ...shared, sensorType: options.sensorType, eventType };
  if (options.kind === 'event-only') return { kind: 'event-only', ...common };
  const possible = options.possible ?? options.states;
  return {
    kind: 'compact',
    ...common,
    ...sensorFlags,
    thresholdAccess: 'none',
    hysteresisAccess: 'none',
    assertionMask: possible,
    deassertionMask: possible,
    readingMask: possible,
    percentage: false,
    modifierUse: 'none',
    rateUnit: 0,
    analogFormat: 'none',
    baseUnit: 0,
    modifierUnit: 0,
    positiveHysteresis: 0,
    negativeHysteresis: 0,
  };
}

function analogSdr(options: AnalogOptions, record: number): SensorSdr {
  const { events, readable } = thresholdMasks(options.thresholds);
  const analogFormat = options.format ?? 'unsigned';
  const factors = { m: 1, b: 0, bExponent: 0, resultExponent: 0, tolerance: 0, ...options.factors };
  const linearization = options.linearization ?? 0;
  const conversion = { factors, format: analogFormat, linearization };
  const raw = (name: ThresholdName): number => {
    const value = options.thresholds?.[name];
    return value === undefined ? 0 : unconvert(conversion, value);
  };
  const nominal = unconvert(conversion, options.base);
  const hysteresis = options.hysteresis ?? 0;
  return {
    kind: 'full',
    record,
    ...key(options),
    ...sensorFlags,
    thresholdAccess: readable === 0 ? 'none' : 'settable',
    hysteresisAccess: 'readable',
    sensorType: options.sensorType,
    eventType: 0x01,
    assertionMask: events,
    deassertionMask: events,
    readingMask: readable | (readable << 8),
    percentage: options.percentage ?? false,
    modifierUse: 'none',
    rateUnit: 0,
    analogFormat,
    baseUnit: options.unit,
    modifierUnit: 0,
    linearization,
    factors: writeFactors(factors),
    nominalGiven: true,
    normalMaximumGiven: false,
    normalMinimumGiven: false,
    nominal,
    normalMaximum: 0,
    normalMinimum: 0,
    maximum: analogFormat === 'unsigned' ? 0xff : 0x7f,
    minimum: analogFormat === 'unsigned' ? 0 : 0x80,
    upperNonRecoverable: raw('upperNonRecoverable'),
    upperCritical: raw('upperCritical'),
    upperNonCritical: raw('upperNonCritical'),
    lowerNonRecoverable: raw('lowerNonRecoverable'),
    lowerCritical: raw('lowerCritical'),
    lowerNonCritical: raw('lowerNonCritical'),
    positiveHysteresis: hysteresis,
    negativeHysteresis: hysteresis,
    oem: 0,
    name: options.name,
  };
}
