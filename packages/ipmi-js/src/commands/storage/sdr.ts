import { bit, bits, choice, span } from '../../wire/bits.js';
import { empty, merge, rest, struct, u16, u32, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

/** Get SDR Repository Info (IPMI 2.0 33.9). Times are seconds since 1970. */
export const getSdrRepositoryInfo = query({
  name: 'Get SDR Repository Info',
  netFn: netFn.storage,
  code: 0x20,
  request: empty,
  response: merge(
    struct({ version: u8, records: u16, freeBytes: u16, lastAddition: u32, lastErase: u32 }),
    bits(1, {
      allocationInfo: bit(0),
      reserve: bit(1),
      partialAdd: bit(2),
      delete: bit(3),
      update: choice(span(5, 2), { 0: 'unspecified', 1: 'non-modal', 2: 'modal', 3: 'both' }),
      overflow: bit(7),
    }),
  ),
});

/** Get SDR Repository Allocation Info (IPMI 2.0 33.10). */
export const getSdrAllocationInfo = query({
  name: 'Get SDR Repository Allocation Info',
  netFn: netFn.storage,
  code: 0x21,
  request: empty,
  response: struct({ units: u16, unitBytes: u16, freeUnits: u16, largestFree: u16, maximumRecord: u8 }),
});

const reservation = struct({ reservation: u16 });

/** Reserve SDR Repository (IPMI 2.0 33.11). */
export const reserveSdrRepository = query({
  name: 'Reserve SDR Repository',
  netFn: netFn.storage,
  code: 0x22,
  request: empty,
  response: reservation,
});

const partialRead = struct({ reservation: u16, record: u16, offset: u8, count: u8 });
const partialAnswer = struct({ next: u16, data: rest });

/** Get SDR (IPMI 2.0 33.12): record 0 is the first, `next` FFFFh says the last; `count` FFh asks for all. */
export const getSdr = query({ name: 'Get SDR', netFn: netFn.storage, code: 0x23, request: partialRead, response: partialAnswer });

/** Get SDR Repository Time (IPMI 2.0 33.17), seconds since 1970. */
export const getSdrTime = query({
  name: 'Get SDR Repository Time',
  netFn: netFn.storage,
  code: 0x28,
  request: empty,
  response: struct({ time: u32 }),
});

/** Get Device SDR Info, Reserve Device SDR Repository, Get Device SDR (IPMI 2.0 35.2 to 35.4). */
export const getDeviceSdrInfo = query({
  name: 'Get Device SDR Info',
  netFn: netFn.sensorEvent,
  code: 0x20,
  request: empty,
  response: struct({ sensors: u8, flags: u8 }),
});
export const reserveDeviceSdrs = query({
  name: 'Reserve Device SDR Repository',
  netFn: netFn.sensorEvent,
  code: 0x22,
  request: empty,
  response: reservation,
});
export const getDeviceSdr = query({
  name: 'Get Device SDR',
  netFn: netFn.sensorEvent,
  code: 0x21,
  request: partialRead,
  response: partialAnswer,
});

/** Clear SDR Repository (IPMI 2.0 33.15). `operation` AAh begins, 00h asks for the state; `state` 1 is done. */
export const clearSdrRepository = action({
  name: 'Clear SDR Repository',
  netFn: netFn.storage,
  code: 0x27,
  request: struct({ reservation: u16, c: u8, l: u8, r: u8, operation: u8 }),
  response: bits(1, { state: span(0, 4) }),
});
