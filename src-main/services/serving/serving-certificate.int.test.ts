import { X509Certificate } from 'node:crypto';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ServingCertificate } from './serving-certificate.ts';

const YEAR = 365 * 86_400_000;

describe('the certificate of a home', () => {
  it('stays the same as long as it fits, and its key is nobody else’s', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'atn-certificate-')), 'serving');
    let now = Date.UTC(2026, 10, 23);
    const open = () => new ServingCertificate(folder, () => now);
    expect(await open().read()).toBeNull();
    const [first, again] = await Promise.all([open().ensure(['192.0.2.7', 'bench.lab', '2001:db8::7']), open().read()]);
    expect(again).toBeNull();
    expect(await open().ensure(['2001:db8::7'])).toEqual(first);
    expect(statSync(join(folder, 'key.pem')).mode & 0o077).toBe(0);
    const wider = await open().ensure(['192.0.2.8']);
    expect(wider.certificate).not.toBe(first.certificate);
    expect(new X509Certificate(wider.certificate).subjectAltName).toBe(
      'IP Address:192.0.2.7, DNS:bench.lab, IP Address:2001:DB8:0:0:0:0:0:7, IP Address:192.0.2.8',
    );
    now += 10 * YEAR;
    expect((await open().ensure(['192.0.2.8'])).certificate).not.toBe(wider.certificate);
    // A crash between the two files, or a damaged one: made anew.
    writeFileSync(join(folder, 'key.pem'), 'damaged');
    expect(await open().read()).toBeNull();
    expect(new X509Certificate((await open().ensure(['192.0.2.9'])).certificate).checkIP('192.0.2.9')).toBe('192.0.2.9');
  });
});
