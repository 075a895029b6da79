import { bits, span } from '../../wire/bits.js';
import { bit } from '../../wire/bits.js';
import { empty, merge, rest, struct, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

/** Get SOL Configuration Parameters (IPMI 2.0 26.3); bytes by number, see {@link solParameter}. */
export const getSolParameter = query({
  name: 'Get SOL Configuration Parameters',
  netFn: netFn.transport,
  code: 0x22,
  request: merge(bits(1, { channel: span(0, 4), revisionOnly: bit(7) }), struct({ parameter: u8, set: u8, block: u8 })),
  response: struct({ revision: u8, data: rest }),
  completionCodes: { 0x80: 'the parameter is not supported' },
});

/** Set SOL Configuration Parameters (IPMI 2.0 26.2). */
export const setSolParameter = action({
  name: 'Set SOL Configuration Parameters',
  netFn: netFn.transport,
  code: 0x21,
  request: merge(bits(1, { channel: span(0, 4) }), struct({ parameter: u8, data: rest })),
  response: empty,
  completionCodes: {
    0x80: 'the parameter is not supported',
    0x81: 'another one is changing parameters',
    0x82: 'the parameter is read-only',
  },
});

/** Parameter numbers of IPMI 2.0 table 26-5. */
export const solParameter = {
  setInProgress: 0,
  enable: 1,
  authentication: 2,
  characters: 3,
  retry: 4,
  nonVolatileBitRate: 5,
  volatileBitRate: 6,
  channel: 7,
  port: 8,
} as const;

/** Baud rates of parameters 5 and 6; undefined stands for "as the serial channel is set". */
export const solBitRates: ReadonlyMap<number, number | undefined> = new Map([
  [0, undefined],
  [6, 9600],
  [7, 19200],
  [8, 38400],
  [9, 57600],
  [10, 115200],
]);
