import { createCipheriv, createDecipheriv, randomFillSync, type Cipher, type Decipher } from 'node:crypto';
import { MalformedError } from '../wire/errors.js';

const block = 16;
/** Up to here chaining by hand over a ready cipher is faster than making a cipher for the packet. */
const shortBytes = 4 * block;
/** Initialisation vectors are cut from a pool: one call to the system for many packets. */
const pool = Buffer.alloc(block * 64);
let poolLeft = 0;

function freshVector(): Buffer {
  if (poolLeft === 0) {
    randomFillSync(pool);
    poolLeft = pool.length;
  }
  poolLeft -= block;
  return pool.subarray(poolLeft, poolLeft + block);
}

/** One block of `target` is combined with one of `other`. */
function xorBlock(target: Buffer, at: number, other: { readonly bytes: Uint8Array; readonly at: number }): void {
  for (let index = 0; index < block; index += 1) target[at + index] = (target[at + index] ?? 0) ^ (other.bytes[other.at + index] ?? 0);
}

/**
 * AES-CBC-128 with the pad 01h 02h ... and the pad length at the end (IPMI 2.0 13.29). The block cipher of the key is kept ready for
 * the life of a session; the chaining of short packets is done here, because making a cipher costs more than such a packet.
 */
export class PayloadCipher {
  readonly #key: Buffer;
  readonly #encrypt: Cipher;
  readonly #decrypt: Decipher;

  constructor(key: Uint8Array) {
    this.#key = Buffer.from(key);
    this.#encrypt = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
    this.#decrypt = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  }

  /** The vector, fresh and random unless given, goes first. */
  encrypt(data: Uint8Array, vector: Uint8Array = freshVector()): Buffer {
    const padLength = (block - ((data.length + 1) % block)) % block;
    const out = Buffer.allocUnsafe(block + data.length + padLength + 1);
    out.set(vector);
    out.set(data, block);
    for (let index = 0; index < padLength; index += 1) out[block + data.length + index] = index + 1;
    out[out.length - 1] = padLength;
    if (out.length - block > shortBytes) {
      const cipher = createCipheriv('aes-128-cbc', this.#key, vector).setAutoPadding(false);
      out.set(cipher.update(out.subarray(block)), block);
      return out;
    }
    for (let at = block; at < out.length; at += block) {
      xorBlock(out, at, { bytes: out, at: at - block });
      out.set(this.#encrypt.update(out.subarray(at, at + block)), at);
    }
    return out;
  }

  /** The opposite of `encrypt`; a wrong length or pad is refused with MalformedError. */
  decrypt(payload: Uint8Array): Buffer {
    if (payload.length < 2 * block || payload.length % block !== 0) throw new MalformedError('encrypted payload has an impossible length');
    const plain = this.#decrypt.update(payload.subarray(block));
    for (let at = 0; at < plain.length; at += block) xorBlock(plain, at, { bytes: payload, at });
    const padLength = plain[plain.length - 1] ?? 0;
    const end = plain.length - 1 - padLength;
    if (padLength >= block || end < 0) throw new MalformedError('encrypted payload has a wrong pad length');
    for (let index = 0; index < padLength; index += 1) {
      if (plain[end + index] !== index + 1) throw new MalformedError('encrypted payload has a wrong pad');
    }
    return plain.subarray(0, end);
  }
}
