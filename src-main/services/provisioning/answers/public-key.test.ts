import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { publicKeyOf } from './public-key.ts';

describe('the public half of a key', () => {
  it('is found in PEM, Ed25519 and RSA', () => {
    const ed = generateKeyPairSync('ed25519');
    const line = publicKeyOf(ed.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()) ?? '';
    expect(line).toMatch(/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5/u);
    const raw = Buffer.from(ed.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    expect(
      Buffer.from(line.split(' ')[1] ?? '', 'base64')
        .subarray(-32)
        .equals(raw),
    ).toBe(true);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(publicKeyOf(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toMatch(/^ssh-rsa AAAAB3NzaC1yc2E/u);
  });

  it('is null for what is no key', () => {
    for (const text of ['', 'password', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----'])
      expect(publicKeyOf(text)).toBe(null);
  });
});
