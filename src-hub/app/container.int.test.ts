import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '../../e2e/lab/hub-processes.ts';
import { endGently, layOutHubImage, saidUntil } from '../../e2e/lab/hub-image.ts';
import { Visitor } from './test-visitor.ts';

const PASSWORD = 'seven green bicycles';
const READY = 'Ctrl-C ends it';
const place = mkdtempSync(join(tmpdir(), 'atn-image-'));

beforeAll(() => ensureBuilt(), 300_000);
afterAll(() => rmSync(place, { recursive: true, force: true, maxRetries: 10 }));

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

it('starts out of what the container file copies, answers its health check, ends when asked and keeps its facts', async () => {
  const image = layOutHubImage(place);
  expect(image.environment).toMatchObject({ ATN_HUB_HOST: '0.0.0.0' });
  const port = await freePort();
  const settings = { ATN_HUB_HOST: '127.0.0.1', ATN_HUB_PORT: String(port) };
  expect(image.check(settings)).toBe(1);

  const first = image.start(settings);
  const said = await saidUntil(first, READY);
  expect(image.check(settings)).toBe(0);
  const secret = /\/join#([\w-]{43})\s/u.exec(said)?.[1];
  const ada = new Visitor(`http://localhost:${port}`);
  expect((await ada.ask('GET', '/')).text).toContain('<!doctype html>');
  expect((await ada.call('POST', '/invitations/redeem', { secret, login: 'ada', name: 'Ada', password: PASSWORD })).status).toBe(200);
  expect(await endGently(first)).toBe(0);
  expect(image.check(settings)).toBe(1);
  // Nobody but the hub reads what it keeps.
  expect(statSync(image.environment['ATN_HUB_HOME'] ?? '').mode & 0o777).toBe(0o700);

  const second = image.start(settings);
  expect(await saidUntil(second, READY)).not.toContain('/join#');
  const again = await new Visitor(`http://localhost:${port}`).call('POST', '/sessions', { login: 'ada', password: PASSWORD });
  expect(again.status).toBe(200);
  expect(await endGently(second)).toBe(0);
});

it('takes nothing into the image that was built or installed outside of it', () => {
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['.git', 'node_modules', 'out', 'dist']));
  // What the hub is built from, the guide included, is taken in; the build fails where a tsconfig.json that another one names is missing.
  for (const needed of ['bench', 'docs', 'e2e', 'packages', 'resources', 'scripts', 'src-hub', 'src-main', 'src-renderer', 'src-shared'])
    expect(ignored).not.toContain(needed);
});
