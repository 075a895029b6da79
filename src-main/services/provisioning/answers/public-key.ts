import { createPublicKey } from 'node:crypto';

/**
 * The public half of a private SSH key, as a line of `authorized_keys`: answers bring it to the machine. Null for what is no key, or one whose kind
 * is not known. OpenSSH's own format (PROTOCOL.key) has it in the clear, also when the rest is encrypted.
 */
export function publicKeyOf(privateKey: string): string | null {
  const inner = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END OPENSSH PRIVATE KEY-----/u.exec(privateKey)?.[1];
  if (inner !== undefined) return fromOpenSsh(Buffer.from(inner, 'base64'));
  try {
    const { kty, crv, x, n, e } = createPublicKey(privateKey).export({ format: 'jwk' });
    if (kty === 'OKP' && crv === 'Ed25519' && x !== undefined) return line('ssh-ed25519', [Buffer.from(x, 'base64url')]);
    if (kty === 'RSA' && n !== undefined && e !== undefined) return line('ssh-rsa', [number(e), number(n)]);
    return null;
  } catch {
    return null;
  }
}

const MAGIC = Buffer.from('openssh-key-v1\0', 'latin1');

function fromOpenSsh(bytes: Buffer): string | null {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  let at = MAGIC.length;
  const next = (): Buffer => {
    const length = bytes.readUInt32BE(at);
    const piece = bytes.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    return piece;
  };
  try {
    for (let skipped = 0; skipped < 3; skipped += 1) next(); // cipher, key derivation, its options
    at += 4; // number of keys
    const blob = next();
    const kind = blob.subarray(4, 4 + blob.readUInt32BE(0)).toString('latin1');
    return `${kind} ${blob.toString('base64')}`;
  } catch {
    return null;
  }
}

function line(kind: string, parts: readonly Buffer[]): string {
  const sized = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return `${kind} ${Buffer.concat([Buffer.from(kind, 'latin1'), ...parts].map(sized)).toString('base64')}`;
}

/** A number of SSH has a leading zero where its first bit would make it negative. */
function number(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
}
