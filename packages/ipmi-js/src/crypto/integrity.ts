import { createHash, createHmac, type KeyObject } from 'node:crypto';
import type { IntegrityAlgorithm } from './suites.js';

/** Bytes of the authentication code in the session trailer (IPMI 2.0 table 13-18 and 13.28.4). */
export const integrityLengths: Readonly<Record<IntegrityAlgorithm, number>> = {
  none: 0,
  'hmac-sha1-96': 12,
  'hmac-md5-128': 16,
  'md5-128': 16,
  'hmac-sha256-128': 16,
};

const hmacHash = { 'hmac-sha1-96': 'sha1', 'hmac-md5-128': 'md5', 'hmac-sha256-128': 'sha256' } as const;

/** Keys of the integrity algorithms: K1, or the password (20 bytes, zero filled) for MD5-128. */
export interface IntegrityKeys {
  readonly k1: KeyObject;
  readonly password: Uint8Array;
}

/** The authentication code over a packet from its authentication type to its next-header byte. */
export function integrityCode(algorithm: IntegrityAlgorithm, keys: IntegrityKeys, data: Uint8Array): Buffer {
  if (algorithm === 'none') return Buffer.alloc(0);
  if (algorithm === 'md5-128') {
    return createHash('md5').update(keys.password).update(data).update(keys.password).digest();
  }
  return createHmac(hmacHash[algorithm], keys.k1).update(data).digest().subarray(0, integrityLengths[algorithm]);
}
