import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { MalformedError } from '../wire/errors.js';

const block = 16;
/** Initialisation vectors are cut from a pool: one call to the system for many packets. */
const pool = Buffer.alloc(block * 64);
let poolLeft = 0;

function freshVector(): Buffer {
  if (poolLeft === 0) {
    randomFillSync(pool);
    poolLeft = pool.length;
  }
  poolLeft -= block;
  return Buffer.from(pool.subarray(poolLeft, poolLeft + block));
}

/** AES-CBC-128 with the pad 01h 02h ... and the pad length at the end (IPMI 2.0 13.29). The vector goes first. */
export function encryptPayload(key: Uint8Array, data: Uint8Array, vector: Buffer = freshVector()): Buffer {
  const padLength = (block - ((data.length + 1) % block)) % block;
  const plain = Buffer.allocUnsafe(data.length + padLength + 1);
  plain.set(data);
  for (let i = 0; i < padLength; i += 1) plain[data.length + i] = i + 1;
  plain[plain.length - 1] = padLength;
  const cipher = createCipheriv('aes-128-cbc', key, vector).setAutoPadding(false);
  return Buffer.concat([vector, cipher.update(plain)]);
}

/** The opposite of {@link encryptPayload}; a wrong pad is refused. */
export function decryptPayload(key: Uint8Array, payload: Uint8Array): Buffer {
  if (payload.length < 2 * block || payload.length % block !== 0) throw new MalformedError('encrypted payload has an impossible length');
  const decipher = createDecipheriv('aes-128-cbc', key, payload.subarray(0, block)).setAutoPadding(false);
  const plain = decipher.update(payload.subarray(block));
  const padLength = plain[plain.length - 1] ?? 0;
  const end = plain.length - 1 - padLength;
  if (padLength >= block || end < 0) throw new MalformedError('encrypted payload has a wrong pad length');
  for (let i = 0; i < padLength; i += 1) {
    if (plain[end + i] !== i + 1) throw new MalformedError('encrypted payload has a wrong pad');
  }
  return plain.subarray(0, end);
}
