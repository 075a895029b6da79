import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits; it is shown once and kept as a hash only. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Enough for what is random itself; passwords go through argon2id. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
