import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AuthenticationAlgorithm } from './suites.js';

/** What both sides know after RAKP message 2 (IPMI 2.0 13.20 to 13.24, names as there). */
export interface RakpValues {
  /** SIDM */
  readonly consoleSessionId: number;
  /** SIDC */
  readonly bmcSessionId: number;
  /** RM */
  readonly consoleRandom: Buffer;
  /** RC */
  readonly bmcRandom: Buffer;
  /** GUIDC */
  readonly bmcGuid: Buffer;
  /** ROLEM: requested privilege level, bit 4 set for name-only lookup. */
  readonly role: number;
  readonly username: Buffer;
}

const hashNames = { 'hmac-sha1': 'sha1', 'hmac-md5': 'md5', 'hmac-sha256': 'sha256' } as const;
const checkValueLengths = { none: 0, 'hmac-sha1': 12, 'hmac-md5': 16, 'hmac-sha256': 16 } as const;
/** Both constants of IPMI 2.0 13.32 are 20 bytes for every algorithm, as all known BMCs have it. */
const constantLength = 20;

function hmac(algorithm: AuthenticationAlgorithm, key: Uint8Array, parts: readonly Uint8Array[]): Buffer {
  if (algorithm === 'none') return Buffer.alloc(0);
  const mac = createHmac(hashNames[algorithm], key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

function u32(value: number): Buffer {
  const out = Buffer.allocUnsafe(4);
  out.writeUInt32LE(value >>> 0);
  return out;
}

function identity(values: RakpValues): Buffer {
  return Buffer.concat([Buffer.from([values.role, values.username.length]), values.username]);
}

/** Key exchange authentication code of RAKP message 2: the BMC's proof that it knows the password. */
export function rakp2Code(algorithm: AuthenticationAlgorithm, password: Uint8Array, values: RakpValues): Buffer {
  const { consoleSessionId, bmcSessionId, consoleRandom, bmcRandom, bmcGuid } = values;
  return hmac(algorithm, password, [u32(consoleSessionId), u32(bmcSessionId), consoleRandom, bmcRandom, bmcGuid, identity(values)]);
}

/** Key exchange authentication code of RAKP message 3: the console's proof. */
export function rakp3Code(algorithm: AuthenticationAlgorithm, password: Uint8Array, values: RakpValues): Buffer {
  return hmac(algorithm, password, [values.bmcRandom, u32(values.consoleSessionId), identity(values)]);
}

/** Session integrity key; `key` is KG, or the password where no KG is set. */
export function sessionIntegrityKey(algorithm: AuthenticationAlgorithm, key: Uint8Array, values: RakpValues): Buffer {
  return hmac(algorithm, key, [values.consoleRandom, values.bmcRandom, identity(values)]);
}

/** Integrity check value of RAKP message 4. */
export function rakp4Code(algorithm: AuthenticationAlgorithm, sik: Uint8Array, values: RakpValues): Buffer {
  const whole = hmac(algorithm, sik, [values.consoleRandom, u32(values.bmcSessionId), values.bmcGuid]);
  return whole.subarray(0, checkValueLengths[algorithm]);
}

/** K1 (integrity) for index 1, K2 (confidentiality) for index 2. */
export function derivedKey(algorithm: AuthenticationAlgorithm, sik: Uint8Array, index: 1 | 2): Buffer {
  return hmac(algorithm, sik, [Buffer.alloc(constantLength, index)]);
}

/** Compares codes in a time that does not depend on where they differ. */
export function equalCodes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
