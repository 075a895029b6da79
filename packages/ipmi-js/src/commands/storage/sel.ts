import { bit, bits, choice, span } from '../../wire/bits.js';
import { bytes, empty, merge, rest, struct, u16, u32, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

/** Get SEL Info (IPMI 2.0 31.2). Times are seconds since 1970, FFFFFFFFh when never. */
export const getSelInfo = query({
  name: 'Get SEL Info',
  netFn: netFn.storage,
  code: 0x40,
  request: empty,
  response: merge(
    struct({ version: u8, entries: u16, freeBytes: u16, lastAddition: u32, lastErase: u32 }),
    bits(1, { allocationInfo: bit(0), reserve: bit(1), partialAdd: bit(2), delete: bit(3), overflow: bit(7) }),
  ),
  completionCodes: { 0x81: 'the SEL is being erased' },
});

/** Get SEL Allocation Info (IPMI 2.0 31.3). */
export const getSelAllocationInfo = query({
  name: 'Get SEL Allocation Info',
  netFn: netFn.storage,
  code: 0x41,
  request: empty,
  response: struct({ units: u16, unitBytes: u16, freeUnits: u16, largestFree: u16, maximumRecord: u8 }),
});

/** Reserve SEL (IPMI 2.0 31.4). */
export const reserveSel = query({
  name: 'Reserve SEL',
  netFn: netFn.storage,
  code: 0x42,
  request: empty,
  response: struct({ reservation: u16 }),
  completionCodes: { 0x81: 'the SEL is being erased' },
});

/** Get SEL Entry (IPMI 2.0 31.5): record 0 first, FFFFh last; `count` FFh asks for all 16 bytes. */
export const getSelEntry = query({
  name: 'Get SEL Entry',
  netFn: netFn.storage,
  code: 0x43,
  request: struct({ reservation: u16, record: u16, offset: u8, count: u8 }),
  response: struct({ next: u16, data: rest }),
  completionCodes: { 0x81: 'the SEL is being erased' },
});

/** Add SEL Entry (IPMI 2.0 31.6): a whole record; the BMC gives it its id. */
export const addSelEntry = action({
  name: 'Add SEL Entry',
  netFn: netFn.storage,
  code: 0x44,
  request: struct({ record: bytes(16) }),
  response: struct({ record: u16 }),
  completionCodes: { 0x80: 'that record type is not supported', 0x81: 'the SEL is being erased' },
});

/** Delete SEL Entry (IPMI 2.0 31.8). */
export const deleteSelEntry = action({
  name: 'Delete SEL Entry',
  netFn: netFn.storage,
  code: 0x46,
  request: struct({ reservation: u16, record: u16 }),
  response: struct({ record: u16 }),
  completionCodes: { 0x80: 'that record type cannot be deleted', 0x81: 'the SEL is being erased' },
});

/** Clear SEL (IPMI 2.0 31.9); the three letters guard against accidents. */
export const clearSel = action({
  name: 'Clear SEL',
  netFn: netFn.storage,
  code: 0x47,
  request: struct({ reservation: u16, c: u8, l: u8, r: u8, operation: u8 }),
  response: bits(1, { state: choice(span(0, 4), { 0: 'in-progress', 1: 'done' }) }),
});

/** Get SEL Time and Set SEL Time (IPMI 2.0 31.10, 31.11), seconds since 1970. */
export const getSelTime = query({
  name: 'Get SEL Time',
  netFn: netFn.storage,
  code: 0x48,
  request: empty,
  response: struct({ time: u32 }),
});
export const setSelTime = action({
  name: 'Set SEL Time',
  netFn: netFn.storage,
  code: 0x49,
  request: struct({ time: u32 }),
  response: empty,
});
