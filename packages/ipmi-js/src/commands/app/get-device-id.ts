import { bit, bits, clearBit, span } from '../../wire/bits.js';
import { bytes, merge, optional, struct, u16, u24, u8 } from '../../wire/codec.js';
import { empty } from '../../wire/codec.js';
import { query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

/**
 * Get Device ID (IPMI 2.0 20.1). `firmwareMinor` and `ipmiVersion` are BCD as on the wire
 * (`ipmiVersion` 51h is 1.5, 02h is 2.0); `manufacturerId` is an IANA enterprise number.
 */
export const getDeviceId = query({
  name: 'Get Device ID',
  netFn: netFn.app,
  code: 0x01,
  request: empty,
  response: merge(
    struct({ deviceId: u8 }),
    bits(1, { deviceRevision: span(0, 4), providesDeviceSdrs: bit(7) }),
    bits(1, { firmwareMajor: span(0, 7), available: clearBit(7) }),
    struct({ firmwareMinor: u8, ipmiVersion: u8 }),
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
    struct({ manufacturerId: u24, productId: u16, auxiliaryFirmware: optional(bytes(4)) }),
  ),
});
