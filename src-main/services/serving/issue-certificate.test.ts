import fc from 'fast-check';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addressBytes, issueCertificate } from './issue-certificate.ts';

const DAY = 86_400_000;

describe('a certificate of its own', () => {
  it('is valid for its addresses and names, in its time, and signed by its key', () => {
    const from = Date.UTC(2026, 10, 23);
    const { key, certificate } = issueCertificate(['192.0.2.7', 'fd00::7', 'bench.lab'], { from, until: from + 3650 * DAY });
    const read = new X509Certificate(certificate);
    expect(read.checkIP('192.0.2.7')).toBe('192.0.2.7');
    expect(read.checkIP('fd00::7')).toBe('fd00::7');
    expect(read.checkHost('bench.lab')).toBe('bench.lab');
    expect(read.checkIP('192.0.2.8')).toBeUndefined();
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkIssued(read)).toBe(true);
    expect(read.ca).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect([Date.parse(read.validFrom), Date.parse(read.validTo)]).toEqual([from, from + 3650 * DAY]);
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  it('writes every address as its bytes', () => {
    expect(addressBytes('::ffff:192.0.2.7').toString('hex')).toBe('00000000000000000000ffffc0000207');
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const { hostname } = new URL(`http://[${address}]`);
        expect(addressBytes(address)).toEqual(addressBytes(hostname.slice(1, -1)));
        expect(addressBytes(address)).toHaveLength(16);
      }),
    );
  });
});
