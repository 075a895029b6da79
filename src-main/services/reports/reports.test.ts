import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync, existsSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../errors.ts';
import { exportFileName, safeFileName } from './file-name.ts';
import { exampleFacts } from './example-facts.ts';
import { ReportService } from './report-service.ts';
import { contentDisposition } from './report-server.ts';
import { parseRange } from './send-stream.ts';

const home = mkdtempSync(join(tmpdir(), 'atn-reports-'));
const directory = join(home, 'runs', 'one', 'output');
const LOG = '<!doctype html>\n<html>log</html>';
const rebots: string[] = [];
const service = new ReportService({
  findRun: (id) => {
    if (id !== 'one') throw new WorkbenchError('NOT_FOUND');
    return {
      id,
      name: 'Nightly: a/b',
      at: Date.UTC(2026, 10, 22, 19, 5, 10),
      directory,
      ended: true,
      source: { record: join(home, id, 'record.db'), timeline: join(home, id, 'timeline.json'), facts: exampleFacts },
    };
  },
  cache: join(home, 'cache'),
  rebot: ({ form, target }) => {
    rebots.push(form);
    writeFileSync(target, `made ${form}`);
    return Promise.resolve();
  },
  copyRecord: () => Promise.reject(new Error('not asked for')),
  writeForm: () => Promise.reject(new Error('not asked for')),
});

beforeAll(() => {
  mkdirSync(join(directory, 'shots', 'ü & #?%'), { recursive: true });
  writeFileSync(join(home, 'secret.txt'), 'secret');
  writeFileSync(join(directory, 'output.xml'), '<robot/>');
  writeFileSync(join(directory, 'log.html'), LOG);
  writeFileSync(join(directory, 'record.db'), 'record');
  writeFileSync(join(directory, 'record.db-shm'), 'side file');
  writeFileSync(join(directory, 'console.txt'), '0123456789');
  writeFileSync(join(directory, 'data.bin'), 'binary');
  writeFileSync(join(directory, 'empty.txt'), '');
  writeFileSync(join(directory, 'shots', 'ü & #?%', 'shot.png'), 'png');
  symlinkSync(join(home, 'secret.txt'), join(directory, 'link.txt'));
  symlinkSync(home, join(directory, 'up'));
});
afterAll(async () => {
  await service.close();
  rmSync(home, { recursive: true });
});

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** `path` goes over the wire as it is: no client in between that tidies it up. */
function ask(url: string, options: { method?: string; headers?: Record<string, string>; path?: string } = {}): Promise<Reply> {
  const { port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path: options.path ?? pathname + search, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on('error', reject).end();
  });
}
const urlOf = async (path: string) => (await service.address('one', path)).url;

describe('artefacts', () => {
  it('are all regular files of the report, with hashes, without what SQLite keeps beside and without links', async () => {
    const artefacts = await service.artefacts('one');
    expect(artefacts.map(({ path, kind }) => [path, kind])).toEqual([
      ['console.txt', 'console'],
      ['data.bin', 'attachment'],
      ['empty.txt', 'attachment'],
      ['log.html', 'robot'],
      ['output.xml', 'robot'],
      ['record.db', 'record'],
      ['shots/ü & #?%/shot.png', 'attachment'],
    ]);
    expect(artefacts[0]).toMatchObject({ size: 10, sha256: '84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882' });
  });
});

describe('the report server', () => {
  it('serves a file with headers that keep it to itself', async () => {
    const { status, headers, body } = await ask(await urlOf('console.txt'));
    expect([status, body]).toEqual([200, '0123456789']);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-length': '10',
    });
    expect(headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/u);
    expect(headers).not.toHaveProperty('set-cookie');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
  it('puts a page into a frame, and sandboxes it there', async () => {
    const url = await urlOf('log.html');
    const top = await ask(url, { headers: { 'sec-fetch-dest': 'document' } });
    expect(top.body).toContain('<iframe sandbox="allow-scripts"');
    expect(top.headers['content-security-policy']).toContain(`frame-src ${url.slice(0, url.lastIndexOf('/') + 1)};`);
    const again = await ask(`${url}?framed`, { headers: { 'sec-fetch-dest': 'document' } });
    expect(again.body).toContain('<iframe');
    for (const framed of [await ask(`${url}?framed`), await ask(url, { headers: { 'sec-fetch-dest': 'iframe' } })]) {
      expect(framed.body).toMatch(/^<!doctype html><script>[^<]*RTCPeerConnection[^<]*<\/script>\n<html>log<\/html>$/u);
      expect(framed.headers['content-length']).toBe(String(framed.body.length));
      expect(framed.headers['content-security-policy']).toMatch(/^sandbox allow-scripts; default-src 'none'/u);
    }
  });
  it('offers what it does not know for download, and encodes every name', async () => {
    const { headers } = await ask(await urlOf('data.bin'));
    expect(headers['content-disposition']).toBe(`attachment; filename="data.bin"; filename*=UTF-8''data.bin`);
    expect((await ask(await urlOf('shots/ü & #?%/shot.png'))).body).toBe('png');
    expect(contentDisposition('a"b\r\nä.txt')).toBe(`attachment; filename="a_b___.txt"; filename*=UTF-8''a%22b%0D%0A%C3%A4.txt`);
  });
  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/shots/../../../secret.txt',
    '/..\\secret.txt',
    '/..%5csecret.txt',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/console.txt%00.png',
    '/%E0%A4%A',
    '/link.txt',
    '/up/secret.txt',
    '/shots',
    '/shots/',
    '/',
    '',
  ])('gives nothing for %s', async (path) => {
    const token = new URL(await urlOf('console.txt')).pathname.split('/')[1] ?? '';
    const { status, body } = await ask(await urlOf('console.txt'), { path: `/${token}${path}` });
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });
  it('is unknown to who does not know the path, and refuses other deeds and other names', async () => {
    const url = await urlOf('console.txt');
    const { port } = new URL(url);
    expect((await ask(url, { path: '/' })).status).toBe(404);
    expect((await ask(url, { path: '/console.txt' })).status).toBe(404);
    expect((await ask(url, { path: 'http://127.0.0.1/console.txt' })).status).toBe(404);
    const posted = await ask(url, { method: 'POST' });
    expect([posted.status, posted.headers.allow]).toEqual([405, 'GET, HEAD']);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', '127.0.0.1:1 evil']) {
      expect((await ask(url, { headers: { host } })).status).toBeGreaterThanOrEqual(400);
    }
    expect((await ask(url, { headers: { host: `localhost:${port}` } })).status).toBe(200);
    expect((await ask(url, { method: 'HEAD' })).body).toBe('');
  });
  it('serves one range, and says when there is none', async () => {
    const url = await urlOf('console.txt');
    const part = await ask(url, { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.body, part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
    expect((await ask(url, { headers: { range: 'bytes=-3' } })).body).toBe('789');
    expect((await ask(url, { headers: { range: 'bytes=8-' } })).body).toBe('89');
    const none = await ask(url, { headers: { range: 'bytes=10-' } });
    expect([none.status, none.headers['content-range']]).toEqual([416, 'bytes */10']);
    expect((await ask(url, { headers: { range: 'bytes=1-2,4-5' } })).body).toBe('0123456789');
    expect((await ask(await urlOf('empty.txt'))).status).toBe(200);
    expect([parseRange('bytes=5-2', 10), parseRange('bytes=-0', 10), parseRange('lines=1-2', 10)]).toEqual([null, 'unsatisfiable', null]);
  });
  it('forgets a run that was removed', async () => {
    const url = await urlOf('console.txt');
    const { url: download } = await service.export('one', 'output.xml');
    await service.forget('one');
    expect((await ask(url)).status).toBe(404);
    expect((await ask(download)).status).toBe(404);
    expect(await urlOf('console.txt')).not.toBe(url);
  });
  it('says which file is missing', async () => {
    await expect(service.address('one', 'report.html')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('report.html') as string,
    });
    await expect(service.address('two', 'log.html')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('exports', () => {
  it('hand over a file under a name of its own', async () => {
    const { url, fileName } = await service.export('one', 'log.html');
    expect(fileName).toBe('Nightly_ a_b 2026-11-22 19.05.10 log.html');
    const { headers, body } = await ask(url);
    expect(body).toBe(LOG);
    expect(headers['content-disposition']).toContain('attachment; filename="Nightly_ a_b 2026-11-22 19.05.10 log.html"');
    expect(headers['content-type']).toBe('application/octet-stream');
  });
  it('make what Robot did not write, once', async () => {
    const asked = [service.export('one', 'xunit.xml'), service.export('one', 'xunit.xml')];
    const [first] = await Promise.all(asked);
    expect((await ask(first?.url ?? '')).body).toBe('made xunit.xml');
    await service.export('one', 'xunit.xml');
    expect(rebots).toEqual(['xunit.xml']);
    expect(existsSync(join(directory, 'xunit.xml'))).toBe(false);
  });
  it('save to a path, never over something unless told, and leave nothing half', async () => {
    const folder = mkdtempSync(join(home, 'save-'));
    const path = join(folder, 'my log.html');
    expect(await service.save('one', 'log.html', { path, overwrite: false })).toEqual({ path, size: LOG.length });
    writeFileSync(path, 'mine');
    await expect(service.save('one', 'log.html', { path, overwrite: false })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    await service.save('one', 'log.html', { path, overwrite: true });
    expect(readFileSync(path, 'utf8')).toBe(LOG);
    await expect(service.save('one', 'log.html', { path: join(folder, 'absent', 'x.html'), overwrite: false })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(service.save('one', 'log.html', { path: folder, overwrite: true })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(service.save('one', 'log.html', { path: 'log.html', overwrite: true })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(readdirSync(folder)).toEqual(['my log.html']);
  });
});

describe('file names', () => {
  it('fit every file system', () => {
    expect(['a/b\\c:d*e?f"g<h>i|j\nk', 'con', 'COM1.txt', '...', '  ', 'x'.repeat(300), 'trailing. '].map(safeFileName)).toEqual([
      'a_b_c_d_e_f_g_h_i_j_k',
      '_con',
      '_COM1.txt',
      '_',
      '_',
      'x'.repeat(80),
      'trailing',
    ]);
    expect(exportFileName({ name: 'N', at: 0 }, 'zip')).toBe('N 1970-01-01 00.00.00.zip');
  });
});
