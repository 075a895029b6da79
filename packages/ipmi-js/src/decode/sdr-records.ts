import { bit, bits, choice, span } from '../wire/bits.js';
import { merge, reserved, struct, u16, u8, type Codec, type Value } from '../wire/codec.js';
import { readIdString, writeIdString } from '../wire/type-length.js';

/** Type codes of sensor data records (IPMI 2.0 chapter 43). */
export const sdrType = {
  full: 0x01,
  compact: 0x02,
  eventOnly: 0x03,
  entityAssociation: 0x08,
  deviceEntityAssociation: 0x09,
  genericLocator: 0x10,
  fruLocator: 0x11,
  mcLocator: 0x12,
  mcConfirmation: 0x13,
  messageChannel: 0x14,
  oem: 0xc0,
} as const;

const idString: Codec<{ name: string }> = {
  read: (reader) => ({ name: readIdString(reader) }),
  write: (writer, value) => writeIdString(writer, value.name),
};

/** The 5 bytes before every record. */
export const sdrHeader = struct({ record: u16, version: u8, type: u8, length: u8 });

const sensorKey = merge(struct({ owner: u8 }), bits(1, { ownerLun: span(0, 2), channel: span(4, 4) }), struct({ sensor: u8, entity: u8 }));
const entityInstance = bits(1, { entityInstance: span(0, 7), entityIsLogical: bit(7) });

/** Bytes 10 to 22 of full and compact records. */
const sensorBody = merge(
  bits(1, {
    initScanning: bit(0),
    initEvents: bit(1),
    initType: bit(2),
    initHysteresis: bit(3),
    initThresholds: bit(4),
    initMaskedEvents: bit(5),
    settable: bit(7),
  }),
  bits(1, {
    eventControl: span(0, 2),
    thresholdAccess: choice(span(2, 2), { 0: 'none', 1: 'readable', 2: 'settable', 3: 'fixed' }),
    hysteresisAccess: choice(span(4, 2), { 0: 'none', 1: 'readable', 2: 'settable', 3: 'fixed' }),
    autoRearm: bit(6),
    ignoreWithoutEntity: bit(7),
  }),
  struct({ sensorType: u8, eventType: u8, assertionMask: u16, deassertionMask: u16, readingMask: u16 }),
  bits(1, {
    percentage: bit(0),
    modifierUse: choice(span(1, 2), { 0: 'none', 1: 'divide', 2: 'multiply' }),
    rateUnit: span(3, 3),
    analogFormat: choice(span(6, 2), { 0: 'unsigned', 1: 'ones-complement', 2: 'twos-complement', 3: 'none' }),
  }),
  struct({ baseUnit: u8, modifierUnit: u8 }),
);

/** Conversion factors as stored (IPMI 2.0 43.1 bytes 24 to 30). */
export const rawFactors = merge(
  bits(2, { mLow: span(0, 8), tolerance: span(8, 6), mHigh: span(14, 2) }),
  bits(3, {
    bLow: span(0, 8),
    accuracyLow: span(8, 6),
    bHigh: span(14, 2),
    direction: choice(span(16, 2), { 0: 'unspecified', 1: 'input', 2: 'output' }),
    accuracyExponent: span(18, 2),
    accuracyHigh: span(20, 4),
  }),
  bits(1, { bExponent: span(0, 4), resultExponent: span(4, 4) }),
);

/** Full Sensor Record (IPMI 2.0 43.1), without the 5-byte header. */
export const fullRecord = merge(
  sensorKey,
  entityInstance,
  sensorBody,
  bits(1, { linearization: span(0, 7) }),
  struct({ factors: rawFactors }),
  bits(1, { nominalGiven: bit(0), normalMaximumGiven: bit(1), normalMinimumGiven: bit(2) }),
  struct({
    nominal: u8,
    normalMaximum: u8,
    normalMinimum: u8,
    maximum: u8,
    minimum: u8,
    upperNonRecoverable: u8,
    upperCritical: u8,
    upperNonCritical: u8,
    lowerNonRecoverable: u8,
    lowerCritical: u8,
    lowerNonCritical: u8,
    positiveHysteresis: u8,
    negativeHysteresis: u8,
  }),
  reserved(2),
  struct({ oem: u8 }),
  idString,
);

const sharing = merge(
  bits(1, { shareCount: span(0, 4), instanceModifier: choice(span(4, 2), { 0: 'numeric', 1: 'alpha' }) }),
  bits(1, { modifierOffset: span(0, 7), entityIncrements: bit(7) }),
);

/** Compact Sensor Record (IPMI 2.0 43.2). */
export const compactRecord = merge(
  sensorKey,
  entityInstance,
  sensorBody,
  sharing,
  struct({ positiveHysteresis: u8, negativeHysteresis: u8 }),
  reserved(3),
  struct({ oem: u8 }),
  idString,
);

/** Event-Only Record (IPMI 2.0 43.3). */
export const eventOnlyRecord = merge(
  sensorKey,
  entityInstance,
  struct({ sensorType: u8, eventType: u8 }),
  sharing,
  reserved(1),
  struct({ oem: u8 }),
  idString,
);

const deviceTail = merge(struct({ deviceType: u8, deviceTypeModifier: u8, entity: u8 }), entityInstance, struct({ oem: u8 }), idString);

/** Generic Device Locator (IPMI 2.0 43.7). */
export const genericLocator = merge(
  struct({ accessAddress: u8, slaveAddress: u8, channelAndBus: u8, addressSpan: u8 }),
  reserved(1),
  deviceTail,
);

/** FRU Device Locator (IPMI 2.0 43.8): `fru` is a device id when `logical`, else an address. */
export const fruLocator = merge(
  struct({ accessAddress: u8, fru: u8 }),
  bits(1, { bus: span(0, 3), lun: span(3, 2), logical: bit(7) }),
  bits(1, { channel: span(4, 4) }),
  reserved(1),
  deviceTail,
);

/** Management Controller Device Locator (IPMI 2.0 43.9). */
export const mcLocator = merge(
  struct({ slaveAddress: u8 }),
  bits(1, { channel: span(0, 4) }),
  struct({ powerAndInit: u8 }),
  bits(1, {
    sensorDevice: bit(0),
    sdrRepositoryDevice: bit(1),
    selDevice: bit(2),
    fruInventoryDevice: bit(3),
    ipmbEventReceiver: bit(4),
    ipmbEventGenerator: bit(5),
    bridge: bit(6),
    chassisDevice: bit(7),
  }),
  reserved(3),
  struct({ entity: u8 }),
  entityInstance,
  struct({ oem: u8 }),
  idString,
);

export type FullRecord = Value<typeof fullRecord>;
export type CompactRecord = Value<typeof compactRecord>;
export type EventOnlyRecord = Value<typeof eventOnlyRecord>;
export type FruLocator = Value<typeof fruLocator>;
export type McLocator = Value<typeof mcLocator>;
export type GenericLocator = Value<typeof genericLocator>;
export type RawFactors = Value<typeof rawFactors>;
