import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ChannelInput } from '../../../src-shared/model/notification.ts';
import { Changes } from '../../changes.ts';
import { newId } from '../../new-id.ts';
import { addEndedRun } from '../../store/fixtures/ended-run.ts';
import { openStore } from '../../store/open.ts';
import type { Caller } from '../caller.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import { createNotifications, type Notifications } from './notifications.ts';

const ada: Caller = { user: 'ada', origin: 'cli' };
const MINUTE = 60_000;

/** A real server that somebody's messages arrive at. */
class Receiver {
  readonly arrived: { headers: IncomingHttpHeaders; body: string }[] = [];
  status = 200;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (this.status === 200) this.arrived.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(this.status, { location: this.url }).end();
      });
    });
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hooks/T0KEN`;
  }

  json(index: number): Record<string, unknown> {
    return JSON.parse(this.arrived[index]?.body ?? 'null') as Record<string, unknown>;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

let folder: string;
let store: ReturnType<typeof openStore>;
let now: number;
let receiver: Receiver;
let changes: Changes;
const open: Notifications[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atn-notifications-'));
  store = openStore({ file: join(folder, 'harness.db'), backups: folder, now: 1 });
  now = Date.UTC(2026, 10, 1);
  receiver = new Receiver();
  await receiver.listen();
});
afterEach(() => {
  for (const each of open.splice(0)) each.close();
  receiver.close();
  store.close();
  rmSync(folder, { recursive: true });
});

/** The harness, as after each of its starts. */
function start(): Notifications {
  changes = new Changes();
  const backend = {
    ...{ id: 'turned', protection: 'a test', strong: true },
    seal: (plain: string) => Promise.resolve(Buffer.from(plain).reverse()),
    open: (sealed: Buffer) => Promise.resolve(Buffer.from(sealed).reverse().toString()),
  };
  const notifications = createNotifications({
    ...{ store: store.write, changes, clock: { now: () => now }, secrets: createSecretStore(store.read, [backend]) },
    log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
    ...{ planName: () => null, harnessName: () => 'lab-3' },
  });
  notifications.start();
  open.push(notifications);
  return notifications;
}

function run(status: 'passed' | 'failed', message = 'no link'): string {
  now += MINUTE;
  const id = newId(now);
  addEndedRun(store.write, { id, suts: ['rack-1'], at: now, results: [{ longName: 'Power.On', status, message }] });
  store.write.prepare('UPDATE run SET happened = ? WHERE id = ?').run(message, id);
  now += MINUTE;
  changes.emit('run:ended', { id });
  return id;
}

const channel = (more: Partial<ChannelInput> = {}) => ({
  id: null,
  content: ChannelInput.parse({ name: 'ci', kind: 'webhook', of: ['failed', 'fixed'], url: receiver.url, key: 'hush', ...more }),
});
const arrive = (count: number) => vi.waitFor(() => expect(receiver.arrived).toHaveLength(count), { timeout: 20_000 });

it('tells of what was asked for, signed, and of each run once', async () => {
  const notifications = start();
  const [saved] = await notifications.save(channel(), ada);
  expect(saved).toMatchObject({ host: new URL(receiver.url).host, signed: true, by: 'ada' });
  expect(JSON.stringify(notifications.list())).not.toMatch(/T0KEN|hush/u);
  expect(readFileSync(join(folder, 'harness.db')).includes('T0KEN')).toBe(false);
  run('passed');
  const failed = run('failed');
  changes.emit('run:ended', { id: failed });
  run('passed');
  await arrive(2);
  const [first] = receiver.arrived;
  const signed = `${String(first?.headers['x-atn-timestamp'])}.${first?.body ?? ''}`;
  expect(first?.headers['x-atn-signature']).toBe(`sha256=${createHmac('sha256', 'hush').update(signed).digest('hex')}`);
  expect(receiver.json(0)).toMatchObject({
    harness: 'lab-3',
    toldOf: ['failed'],
    run: { id: failed, verdict: 'failed', happened: 'no link' },
  });
  expect(receiver.json(1)).toMatchObject({ toldOf: ['fixed'], run: { verdict: 'passed' }, before: { verdict: 'failed' } });
  await vi.waitFor(() => expect(notifications.list()[0]?.deliveries.map(({ state }) => state)).toEqual(['delivered', 'delivered']));
});

it('says into a chat what a test said without its marks', async () => {
  const notifications = start();
  await notifications.save(channel({ kind: 'chat', of: ['regressed'] }), ada);
  run('failed'); // nothing came before it
  run('passed');
  run('failed', '<!channel> <https://evil.example|click>\nsecond & last');
  await arrive(1);
  expect(receiver.json(0)).toEqual({
    text: 'nightly: regressed on rack-1. 0 passed, 1 failed, 0 skipped. (lab-3)\n&lt;!channel&gt; &lt;https://evil.example|click&gt; second &amp; last',
  });
  expect(receiver.arrived[0]?.headers['x-atn-signature']).toBeUndefined();
});

it('tries again later, also after the app was killed, and tells what ended while it was not running', async () => {
  receiver.status = 503;
  const before = start();
  await before.save(channel(), ada);
  run('failed');
  await vi.waitFor(() => expect(before.list()[0]?.deliveries[0]).toMatchObject({ state: 'waiting', tries: 1 }), { timeout: 20_000 });
  before.close();
  run('failed'); // nobody listens
  receiver.status = 200;
  now += 10 * MINUTE;
  const after = start();
  await arrive(2);
  await vi.waitFor(() => expect(after.list()[0]?.deliveries.map(({ tries }) => tries)).toEqual([1, 2]));
  const ids = receiver.arrived.map(({ headers }) => headers['x-atn-delivery']);
  expect(new Set(ids).size).toBe(2);
});

it('follows nobody elsewhere, gives up what is refused, and says so of a trial', async () => {
  receiver.status = 307;
  const notifications = start();
  const [saved] = await notifications.save(channel(), ada);
  const id = saved?.id ?? '';
  expect(await notifications.test(id)).toContain('answers 307. It leads elsewhere');
  run('failed');
  await vi.waitFor(() => expect(notifications.list()[0]?.deliveries[0]).toMatchObject({ state: 'givenUp', tries: 1 }), { timeout: 20_000 });
  expect(JSON.stringify(notifications.list())).not.toContain('T0KEN');
  receiver.status = 200;
  expect(await notifications.test(id)).toBe(null);
  expect(receiver.json(0)).toMatchObject({ event: 'trial' });
  expect(notifications.remove(id)).toEqual([]);
  expect(store.read.prepare('SELECT count(*) FROM secret').pluck().get()).toBe(0);
  await expect(notifications.test(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('keeps address and key of one that is changed, and is silent about what ended while it was off', async () => {
  const notifications = start();
  const [saved] = await notifications.save(channel(), ada);
  const { name, kind, of, planId, enabled, mail } = channel().content;
  const rest = { name, kind, of, planId, enabled, mail };
  const id = saved?.id ?? '';
  expect(await notifications.save({ id, content: { ...rest, enabled: false } }, ada)).toMatchObject([{ signed: true, enabled: false }]);
  run('failed');
  await notifications.save({ id, content: rest }, ada);
  const told = run('failed');
  await arrive(1);
  expect(receiver.json(0)).toMatchObject({ run: { id: told } });
  await expect(notifications.save({ id: null, content: rest }, ada)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  // A key is not carried to another place.
  expect(await notifications.save({ id, content: { ...rest, url: 'http://127.0.0.1:1/' } }, ada)).toMatchObject([{ signed: false }]);
  await expect(notifications.save({ id, content: { ...rest, kind: 'mail' } }, ada)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

it('tells by mail', async () => {
  const mails: string[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS'] },
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  try {
    const { port } = server.server.address() as AddressInfo;
    const route = { server: '127.0.0.1', port, security: 'none' as const, user: '', from: 'atn@lab.example', to: ['ada@lab.example'] };
    const notifications = start();
    const content = ChannelInput.parse({ name: 'Mailing', kind: 'mail', of: ['failed'], mail: route });
    expect(await notifications.save({ id: null, content }, ada)).toMatchObject([{ host: '127.0.0.1', signed: false, mail: route }]);
    const id = run('failed');
    await vi.waitFor(() => expect(mails).toHaveLength(1), { timeout: 20_000 });
    expect(mails[0]).toMatch(/^Subject: nightly: failed on rack-1\r?$/mu);
    expect(mails[0]).toContain(`Run: ${id}`);
    await vi.waitFor(() => expect(notifications.list()[0]?.deliveries[0]?.state).toBe('delivered'), { timeout: 20_000 });
  } finally {
    await new Promise<void>((resolve) => server.close(resolve));
  }
});
