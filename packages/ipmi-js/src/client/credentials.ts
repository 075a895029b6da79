import { IpmiError } from '../wire/errors.js';
import type { Privilege } from '../commands/privilege.js';

/** Who logs in. Kept out of messages and logs: no error of this package holds a password or key. */
export interface Credentials {
  /** Up to 16 bytes of UTF-8. */
  readonly username: string;
  /** Up to 20 bytes (16 with IPMI 1.5). */
  readonly password: string | Uint8Array;
  /** BMC key KG, up to 20 bytes, for BMCs with two-key login. */
  readonly kg?: string | Uint8Array | undefined;
  /** Level of the session; administrator when left out. */
  readonly privilege?: Privilege | undefined;
  /** `name` (default) finds the user by name only; `name-and-privilege` by both (IPMI 2.0 13.20). */
  readonly roleLookup?: 'name' | 'name-and-privilege' | undefined;
}

function secretBytes(secret: string | Uint8Array, what: string): Buffer {
  const bytes = typeof secret === 'string' ? Buffer.from(secret, 'utf8') : Buffer.from(secret);
  if (bytes.length > 20) throw new IpmiError('BAD_CREDENTIALS', `${what} is longer than 20 bytes`);
  return bytes;
}

export interface CredentialBytes {
  readonly username: Buffer;
  readonly password: Buffer;
  readonly kg: Buffer | undefined;
}

/** Checks lengths; throws IpmiError BAD_CREDENTIALS. */
export function credentialBytes(credentials: Credentials): CredentialBytes {
  const username = Buffer.from(credentials.username, 'utf8');
  if (username.length > 16) throw new IpmiError('BAD_CREDENTIALS', 'the user name is longer than 16 bytes');
  const { kg } = credentials;
  return {
    username,
    password: secretBytes(credentials.password, 'the password'),
    kg: kg === undefined ? undefined : secretBytes(kg, 'the KG key'),
  };
}
