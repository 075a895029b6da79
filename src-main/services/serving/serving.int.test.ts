import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Changes } from '../../changes.ts';
import { issueCertificate } from './issue-certificate.ts';
import { createServing, type GrantRequest, type ServingSettings } from './serving.ts';

const run = promisify(execFile);
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
let ahead = 0;
const clock = { now: () => Date.now() + ahead };

function bench(changed: Partial<ServingSettings> = {}) {
  const settings = { address: null, port: 0, secure: false, bootPort: 0, tftpPort: 0, programs: null, proxyDhcp: false, ...changed };
  const issued = issueCertificate(['127.0.0.1'], { from: Date.now(), until: Date.now() + 86_400_000 });
  const changes = new Changes();
  const serving = createServing({ changes, clock, settings: () => settings, certificate: () => Promise.resolve(issued) });
  const folder = mkdtempSync(join(tmpdir(), 'atn-serving-'));
  closing.push(
    () => rmSync(folder, { recursive: true }),
    () => serving.close(),
  );
  const content = randomBytes(3_000_001);
  const file = join(folder, 'content');
  writeFileSync(file, content);
  const request: GrantRequest = {
    ...{ name: 'debian 12.iso', from: { file }, sut: { id: 's', name: 'node-1' }, runId: 'r' },
    machine: ['127.0.0.1'],
  };
  return { serving, content, request, issued, changes };
}

async function curl(...words: string[]): Promise<Buffer> {
  const { stdout } = await run('curl', ['-sS', ...words], { encoding: 'buffer', maxBuffer: 1 << 25 });
  return stdout;
}

describe('what is granted', () => {
  it('is fetched by another program, whole, in parts and over one connection', async () => {
    const { serving, content, request } = bench();
    const { url } = await serving.grant(request);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/debian%2012\.iso$/u);
    expect(sha256(await curl(url))).toBe(sha256(content));
    expect(await curl('-r', '2048-4095', url)).toEqual(content.subarray(2048, 4096));
    expect(await curl('-r', '-17', url)).toEqual(content.subarray(-17));
    const parts = (await curl('-r', '0-3,100-103', url)).toString('latin1');
    expect(parts).toContain(`Content-Range: bytes 100-103/${content.length}\r\n\r\n${content.toString('latin1', 100, 104)}`);
    const head = (await curl('-I', '-r', '5-6', url)).toString();
    expect(head).toMatch(/^HTTP\/1\.1 206 /u);
    expect(head).toContain('Content-Length: 2\r\n');
    expect((await curl('-o', '/dev/null', '-w', '%{http_code}', '-r', '9000000-', url)).toString()).toBe('416');
    expect((await curl('-o', '/dev/null', '-o', '/dev/null', '-w', '%{num_connects} ', url, url)).toString()).toBe('1 0 ');
  });
  it('says who fetched how much, and goes on from where an older content was not', async () => {
    const { serving, content, request } = bench();
    const { url, fetched } = await serving.grant(request);
    const etag = /^etag: (.*)$/imu.exec((await curl('-I', url)).toString())?.[1]?.trim() ?? '';
    expect((await curl('-r', '10-19', '-H', `If-Range: ${etag}`, url)).length).toBe(10);
    expect((await curl('-r', '10-19', '-H', 'If-Range: "another"', url)).length).toBe(content.length);
    await vi.waitFor(() => expect(fetched()).toBe(content.length + 10));
    expect(serving.list()).toMatchObject([{ sutName: 'node-1', peer: '127.0.0.1', requests: 3, size: content.length, range: null }]);
  });
  it('says how fast it is fetched, and that it is not any more', async () => {
    const { serving, request, changes } = bench();
    const { url } = await serving.grant(request);
    const rates: number[] = [];
    changes.on('serving:changed', () => rates.push(serving.list()[0]?.rate ?? -1));
    await curl(url);
    await vi.waitFor(() => expect(rates.at(-1)).toBeGreaterThan(0), { timeout: 20_000 });
    ahead = 60_000; // what lies so far back counts no more
    await vi.waitFor(() => expect(rates.at(-1)).toBe(0), { timeout: 20_000 });
  });

  it('is gone when it is revoked, also in the middle of a transfer, and its port with it', async () => {
    const { serving, request } = bench();
    const grant = await serving.grant({ ...request, from: { bytes: new Uint8Array(40_000_000) } });
    const slow = curl('--limit-rate', '1M', '-o', '/dev/null', grant.url);
    const cut = expect(slow).rejects.toMatchObject({ code: 18 });
    await vi.waitFor(() => expect(grant.fetched()).toBeGreaterThan(0));
    await grant.revoke();
    await cut;
    expect(serving.list()).toEqual([]);
    await expect(curl(grant.url)).rejects.toMatchObject({ code: 7 });
  });
  it('is given to nobody who does not know its whole address, nor to a second stranger', async () => {
    const { serving, request } = bench({ address: '0.0.0.0', port: 0 });
    const { url } = await serving.grant({ ...request, machine: ['192.0.2.1'] });
    const at = url.replace('0.0.0.0', '127.0.0.1');
    const code = async (...words: string[]) => (await curl('-o', '/dev/null', '-w', '%{http_code}', ...words)).toString();
    expect(await code(at.replace(/[0-9a-f]{32}/u, '0'.repeat(32)))).toBe('404');
    expect(await code(at.replace('debian', 'fedora'))).toBe('404');
    expect(await code(new URL('/', at).href)).toBe('404');
    expect(await code('-X', 'PUT', at)).toBe('405');
    expect(await code('--interface', '127.0.0.2', at)).toBe('404');
    expect(await code(at)).toBe('200');
  });
  it('is fetched by HTTPS with the certificate of this home, where BMCs are to, and by HTTP by what starts from the network', async () => {
    const { serving, content, request, issued } = bench({ secure: true });
    const { url } = await serving.grant(request);
    expect(url).toMatch(/^https:/u);
    const trusted = join(mkdtempSync(join(tmpdir(), 'atn-trust-')), 'certificate.pem');
    writeFileSync(trusted, issued.certificate);
    expect(sha256(await curl('--cacert', trusted, url))).toBe(sha256(content));
    await expect(curl(url)).rejects.toMatchObject({ code: 60 }); // whoever does not know it does not trust it
    const part = { file: 'file' in request.from ? request.from.file : '', part: { offset: 1000, length: 50 } };
    const plain = await serving.grant({ ...request, name: 'kernel', from: part, network: { target: null } });
    expect(plain.url).toMatch(/^http:/u);
    expect(await curl(plain.url)).toEqual(content.subarray(1000, 1050));
    expect(await curl('-r', '48-99', plain.url)).toEqual(content.subarray(1048, 1050));
  });
  it('that cannot be served says why', async () => {
    const { serving, request } = bench({ address: '192.0.2.77', port: 0 });
    await expect(serving.grant(request)).rejects.toMatchObject({ code: 'CONFLICT', message: /does not have the address/u });
    // Known before anything is granted.
    expect(await serving.problem(request.machine)).toMatch(/does not have the address/u);
    const other = bench();
    expect(await other.serving.problem(['127.0.0.1'])).toBe(null);
    const gone = { ...other.request, from: { file: '/nowhere/image' } };
    await expect(other.serving.grant(gone)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(other.serving.list()).toEqual([]);
  });
});
