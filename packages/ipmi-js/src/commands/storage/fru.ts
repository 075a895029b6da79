import { bit, bits } from '../../wire/bits.js';
import { merge, rest, struct, u16, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

/** Get FRU Inventory Area Info (IPMI 2.0 34.1). Offsets and counts of the other two are words when `byWords`. */
export const getFruInfo = query({
  name: 'Get FRU Inventory Area Info',
  netFn: netFn.storage,
  code: 0x10,
  request: struct({ fru: u8 }),
  response: merge(struct({ size: u16 }), bits(1, { byWords: bit(0) })),
});

/** Read FRU Data (IPMI 2.0 34.2). */
export const readFruData = query({
  name: 'Read FRU Data',
  netFn: netFn.storage,
  code: 0x11,
  request: struct({ fru: u8, offset: u16, count: u8 }),
  response: struct({ count: u8, data: rest }),
  completionCodes: { 0x81: 'the FRU device is busy' },
});

/** Write FRU Data (IPMI 2.0 34.3). */
export const writeFruData = action({
  name: 'Write FRU Data',
  netFn: netFn.storage,
  code: 0x12,
  request: struct({ fru: u8, offset: u16, data: rest }),
  response: struct({ count: u8 }),
  completionCodes: { 0x80: 'the FRU area is write protected', 0x81: 'the FRU device is busy' },
});
