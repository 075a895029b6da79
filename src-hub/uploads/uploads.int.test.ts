import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { composeHub, type Hub } from '../app/compose.ts';
import { readConfig } from '../app/config.ts';
import { Visitor } from '../app/test-visitor.ts';

const PASSWORD = 'seven green bicycles';
const MOST = 2000;
const place = mkdtempSync(join(tmpdir(), 'atn-uploads-'));
let hub: Hub;
let ada: Visitor;
let bob: Visitor;
let zip: Buffer;

const encode = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

interface Asked {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: Buffer;
}

/** One request of the tus protocol. */
async function tus(who: Visitor | null, { method, path, headers = {}, body }: Asked) {
  const cookie: Record<string, string> = who === null ? {} : { cookie: who.cookie };
  const all = { 'tus-resumable': '1.0.0', 'x-forwarded-for': '10.1.1.1', ...cookie, ...headers };
  const answer = await fetch(`${hub.url}${path}`, { method, headers: all, ...(body === undefined ? {} : { body: new Uint8Array(body) }) });
  const address = answer.headers.get('location') ?? '';
  return { status: answer.status, address, offset: answer.headers.get('upload-offset'), text: await answer.text() };
}

function create(
  who: Visitor | null,
  size: number,
  { metadata = { name: 'Fans' }, headers = {} }: { metadata?: Record<string, string>; headers?: Record<string, string> } = {},
) {
  const said = { 'upload-length': String(size), 'upload-metadata': encode(metadata) };
  return tus(who, { method: 'POST', path: '/api/uploads', headers: { ...said, ...headers } });
}

function append(who: Visitor, { path, offset = 0 }: { path: string; offset?: number }, body: Buffer) {
  const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
  return tus(who, { method: 'PATCH', path, headers, body });
}

let port = '0';
async function start(more: Record<string, string> = {}): Promise<void> {
  const environment = {
    ...more,
    ATN_HUB_TRUST_PROXY: '127.0.0.1',
    ATN_HUB_PERSON_BYTES: String(MOST),
    ATN_HUB_UPLOAD_BYTES: String(10 * MOST),
  };
  const config = await readConfig({ home: join(place, 'hub'), port, host: undefined }, environment);
  hub = await composeHub({ config, appVersion: '1', pages: place });
  port = new URL(hub.url).port;
}

beforeAll(async () => {
  await start();
  const newcomer = async (login: string, secret: string) => {
    const visitor = new Visitor(hub.url);
    await visitor.call('POST', '/invitations/redeem', { secret, login, name: login, password: PASSWORD });
    return visitor;
  };
  ada = await newcomer('ada', hub.firstLink?.split('#')[1] ?? '');
  const { body } = await ada.call('POST', '/invitations', { role: 'tester' });
  bob = await newcomer('bob', String(body['secret']));
  const file = new ZipFile();
  file.addBuffer(Buffer.from('*** Test Cases ***\nFirst\n    No Operation\nSecond    No Operation\n'), 'a.robot');
  file.end();
  zip = await buffer(file.outputStream);
});
afterAll(async () => {
  await hub.close();
  rmSync(place, { recursive: true, force: true, maxRetries: 10 });
});

describe('uploads', () => {
  it('are for people who may use machines, from a page of the hub or by a token', async () => {
    expect((await create(null, 10)).status).toBe(401);
    expect((await create(ada, 10, { headers: { origin: 'https://elsewhere.example' } })).status).toBe(403);
    for (const [scope, status] of [
      ['read', 403],
      ['use', 201],
    ] as const) {
      const { body } = await ada.call('POST', '/tokens', { name: scope, scopes: [scope], days: 1 });
      expect((await create(null, 10, { headers: { authorization: `Bearer ${String(body['secret'])}` } })).status).toBe(status);
    }
  });

  it('go on where they were cut off, by whoever began them only', async () => {
    const { address, status } = await create(ada, zip.length);
    expect(status).toBe(201);
    expect((await append(ada, { path: address }, zip.subarray(0, 50))).offset).toBe('50');
    expect((await append(bob, { path: address, offset: 50 }, zip.subarray(50))).status).toBe(403);
    expect((await tus(bob, { method: 'DELETE', path: address })).status).toBe(403);
    expect((await append(ada, { path: address, offset: 40 }, zip.subarray(40))).status).toBe(409);
    expect((await tus(ada, { method: 'HEAD', path: address })).offset).toBe('50');
    expect((await append(ada, { path: address, offset: 50 }, zip.subarray(50))).status).toBe(204);
    const { text } = await bob.call('GET', '/test-data');
    expect(JSON.parse(text)).toMatchObject([{ name: 'Fans', person: 'ada', size: zip.length, suites: [{ cases: ['First', 'Second'] }] }]);
    const [{ id }] = JSON.parse(text) as [{ id: string }];
    expect((await bob.call('DELETE', `/test-data/${id}`)).status).toBe(403);
    expect((await ada.call('DELETE', `/test-data/${id}`)).status).toBe(200);
  });

  it('are refused where they are too much, nothing that can be run, or not what was sent, and every deed is noted', async () => {
    expect((await create(ada, MOST + 1)).status).toBe(507);
    expect((await create(ada, 11 * MOST)).status).toBe(413);
    expect((await create(ada, 10, { metadata: { name: ' ' } })).status).toBe(400);
    const send = async (metadata: Record<string, string>, bytes: Buffer) => {
      const { address } = await create(bob, bytes.length, { metadata });
      return append(bob, { path: address }, bytes);
    };
    expect(await send({ name: 'Text' }, Buffer.from('no zip at all'))).toMatchObject({
      status: 400,
      text: expect.stringContaining('no zip') as string,
    });
    expect((await send({ name: 'Other', sha256: 'a'.repeat(64) }, zip)).status).toBe(409);
    expect((await send({ name: 'Whole' }, zip)).status).toBe(204);
    const { text } = await ada.call('GET', '/audit');
    const deeds = (JSON.parse(text) as { deed: string; subject: string; outcome: string; person: string }[])
      .filter(({ deed, person }) => deed === 'testData.bring' && person === 'bob')
      .map(({ subject, outcome }) => `${subject} ${outcome}`);
    expect(deeds.sort()).toEqual(['Other CONFLICT', 'Text ARCHIVE_REFUSED', 'Whole done']);
  });

  it('that are half count as kept, go when they are abandoned, and are taken at the next start when they were whole', async () => {
    const half = await create(ada, MOST - 100);
    expect(half.status).toBe(201);
    expect((await create(ada, 200)).status).toBe(507);
    const whole = await create(bob, zip.length, { metadata: { name: 'Just whole' } });
    const folder = join(place, 'hub', 'uploads');
    const fileOf = (address: string) => join(folder, address.split('/').at(-1) ?? '');
    await hub.close();
    writeFileSync(fileOf(whole.address), zip);
    const about = `${fileOf(half.address)}.json`;
    writeFileSync(
      about,
      JSON.stringify({ ...(JSON.parse(readFileSync(about, 'utf8')) as object), creation_date: '2020-01-01T00:00:00.000Z' }),
    );
    await start();
    expect(existsSync(fileOf(half.address))).toBe(false);
    expect((await bob.call('GET', '/test-data')).text).toContain('Just whole');
    expect((await create(ada, 200)).status).toBe(201);
  });

  it('are refused where the hub keeps no more of anybody, whoever asks', async () => {
    await hub.close();
    await start({ ATN_HUB_WHOLE_BYTES: '1' });
    expect(await create(bob, 10)).toMatchObject({ status: 507, text: expect.stringContaining('The hub keeps no more') as string });
    await hub.close();
    await start();
    expect((await create(bob, 10)).status).toBe(201);
  });

  it('and what harnesses fetch and bring are nothing for anybody else', async () => {
    const { body } = await ada.call('POST', '/tokens', { name: 'all', scopes: ['read', 'use', 'manage'], days: 1 });
    const shown = { authorization: `Bearer ${String(body['secret'])}`, 'x-atn-harness': 'nobody' };
    const hash = 'a'.repeat(64);
    for (const [method, path] of [
      ['GET', `/api/link/contents/${hash}`],
      ['PUT', `/api/link/runs/x/files/${hash}`],
      ['POST', '/api/link/runs/x/manifest'],
    ] as const)
      for (const headers of [{}, shown]) {
        const json = method === 'POST' ? { 'content-type': 'application/json' } : {};
        const sent = method === 'GET' ? undefined : Buffer.from('{}');
        expect([
          path,
          (await tus(null, { method, path, headers: { ...headers, ...json }, ...(sent === undefined ? {} : { body: sent }) })).status,
        ]).toEqual([path, 401]);
      }
  });
});
