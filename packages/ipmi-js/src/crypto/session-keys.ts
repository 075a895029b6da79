import { createSecretKey } from 'node:crypto';
import type { SessionKeys } from '../rmcpplus/packet.js';
import { PayloadCipher } from './confidentiality.js';
import { derivedKey } from './rakp.js';
import type { CipherSuite } from './suites.js';

/** Longest password and KG of RMCP+ (IPMI 2.0 13.31, 22.25). */
export const maxKeyLength = 20;

/** A password or KG as key: zero filled to 20 bytes. */
export function paddedKey(secret: Uint8Array): Buffer {
  const out = Buffer.alloc(maxKeyLength);
  out.set(secret.subarray(0, maxKeyLength));
  return out;
}

/** Suite 0 has no keys and uses none. */
const unused = Buffer.alloc(16);

/** K1 and K2 from the session integrity key, made once a session. */
export function makeSessionKeys(suite: CipherSuite, sik: Uint8Array, password: Uint8Array): SessionKeys {
  const authenticates = suite.authentication !== 'none';
  return {
    suite,
    k1: createSecretKey(authenticates ? derivedKey(suite.authentication, sik, 1) : unused),
    cipher: new PayloadCipher(authenticates ? derivedKey(suite.authentication, sik, 2).subarray(0, 16) : unused),
    password: paddedKey(password),
  };
}
