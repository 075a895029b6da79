import { createHash } from 'node:crypto';

/** Authentication types of IPMI 1.5 sessions (IPMI 2.0 table 13-9). MD2 is not implemented. */
export const legacyAuthTypes = { none: 0, md2: 1, md5: 2, password: 4, oem: 5 } as const;
export type LegacyAuth = 'none' | 'md5' | 'password';

export interface LegacySealed {
  readonly sessionId: number;
  readonly sequence: number;
  readonly message: Uint8Array;
}

/** The 16-byte authentication code of an IPMI 1.5 packet (IPMI 2.0 22.17.1); `password` is zero filled to 16. */
export function legacyCode(auth: LegacyAuth, password: Uint8Array, sealed: LegacySealed): Buffer {
  const key = Buffer.alloc(16);
  key.set(password.subarray(0, 16));
  if (auth === 'none') return Buffer.alloc(0);
  if (auth === 'password') return key;
  const numbers = Buffer.allocUnsafe(8);
  numbers.writeUInt32LE(sealed.sessionId, 0);
  numbers.writeUInt32LE(sealed.sequence, 4);
  const hash = createHash('md5').update(key).update(numbers.subarray(0, 4));
  return hash.update(sealed.message).update(numbers.subarray(4)).update(key).digest();
}
