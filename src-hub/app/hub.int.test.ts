import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type Postgres } from '../../e2e/lab/postgresql.ts';
import { backupStore, restoreStore } from './backup.ts';
import { composeHub, type Hub } from './compose.ts';
import { readConfig, type HubConfig } from './config.ts';
import { Visitor } from './test-visitor.ts';

const METRICS = 'figures-for-who-may';
const PASSWORD = 'seven green bicycles';
const secretOf = (link: string | null) => link?.split('#')[1] ?? '';

let postgres: Postgres;
const place = mkdtempSync(join(tmpdir(), 'atn-hub-'));
beforeAll(async () => {
  writeFileSync(join(place, 'index.html'), '<!doctype html><html><head><title>page</title></head></html>');
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(place, { recursive: true, force: true, maxRetries: 10 });
});

const settings = (kind: string, environment: Record<string, string> = {}): Promise<HubConfig> =>
  readConfig(
    { home: join(place, kind), port: '0', host: undefined },
    {
      ...(kind === 'PostgreSQL' ? { DATABASE_URL: postgres.url } : {}),
      ATN_HUB_TRUST_PROXY: '127.0.0.1',
      ATN_HUB_METRICS_TOKEN: METRICS,
      ...environment,
    },
  );

describe.each(['SQLite', 'PostgreSQL'])('a hub on %s', (kind) => {
  let hub: Hub;
  let admin: Visitor;
  let now = Date.parse('2026-05-04T08:00:00Z');
  const start = async () => composeHub({ config: await settings(kind), appVersion: '1.2.3', pages: place, now: () => now });
  /** A new person with this role, signed in. */
  const newcomer = async (role: string, login: string, password = PASSWORD): Promise<Visitor> => {
    const { body } = await admin.call('POST', '/invitations', { role });
    const visitor = new Visitor(hub.url);
    const answer = await visitor.call('POST', '/invitations/redeem', {
      secret: body['secret'],
      login,
      name: `Name of ${login}`,
      password,
    });
    expect(answer.status).toBe(200);
    return visitor;
  };

  beforeAll(async () => {
    hub = await start();
    admin = new Visitor(hub.url);
    const joined = await admin.call('POST', '/invitations/redeem', {
      secret: secretOf(hub.firstLink),
      login: 'Root',
      name: 'Ada',
      password: PASSWORD,
    });
    expect(joined.body).toMatchObject({ login: 'root', role: 'admin' });
  });
  afterAll(() => hub.close());

  it('takes its first administrator by a link that works once, and then prints none', async () => {
    const again = await new Visitor(hub.url).call('POST', '/invitations/redeem', {
      secret: secretOf(hub.firstLink),
      login: 'eve',
      name: 'Eve',
      password: PASSWORD,
    });
    expect([again.status, again.body.code]).toEqual([403, 'FORBIDDEN']);
    expect((await admin.call('GET', '/system/info')).body).toMatchObject({
      face: 'hub',
      appVersion: '1.2.3',
      me: { name: 'Ada', role: 'admin' },
    });
  });

  it('lets people in by login and password, and says the same to a wrong login and a wrong password', async () => {
    await newcomer('tester', 'tom');
    const visitor = new Visitor(hub.url);
    const [wrong, nobody] = [
      await visitor.call('POST', '/sessions', { login: 'tom', password: 'not the password' }),
      await visitor.call('POST', '/sessions', { login: 'nobody', password: 'not the password' }),
    ];
    expect([wrong.status, wrong.body['message']]).toEqual([nobody.status, nobody.body['message']]);
    expect(wrong.status).toBe(401);
    const right = await visitor.call('POST', '/sessions', { login: 'TOM', password: PASSWORD });
    expect(right.status).toBe(200);
    expect(String(right.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/u);
    expect((await visitor.call('GET', '/system/info')).status).toBe(200);
    expect((await visitor.call('DELETE', '/sessions')).status).toBe(200);
    expect((await visitor.call('GET', '/system/info')).status).toBe(401);
  });

  it('refuses passwords that are short, known, repeating or one’s own name', async () => {
    const { body } = await admin.call('POST', '/invitations', { role: 'tester' });
    for (const password of ['short', 'password1234', 'WelcomeMaster2024', 'aaaabbbbaaaabbbb', 'this is carol4321']) {
      const answer = await new Visitor(hub.url).call('POST', '/invitations/redeem', {
        secret: body['secret'],
        login: 'carol4321',
        name: 'Carol',
        password,
      });
      expect([password, answer.status]).toEqual([password, 400]);
    }
  });

  it('takes a long password whole, letter by letter', async () => {
    const long = `Über 100 Fahrräder, ${'and one more, '.repeat(6)}and the end`;
    expect(long.length).toBeGreaterThan(100);
    await newcomer('tester', 'rosa', long);
    const enter = async (password: string) => (await new Visitor(hub.url).call('POST', '/sessions', { login: 'rosa', password })).status;
    expect(await enter(long)).toBe(200);
    for (const other of [long.slice(0, 72), long.slice(0, -1), long.toLowerCase()]) expect(await enter(other)).toBe(401);
  });

  it('lets no other page change anything or open a socket', async () => {
    admin.origin = 'http://evil.example';
    expect((await admin.call('POST', '/invitations', { role: 'admin' })).status).toBe(403);
    await expect(admin.socket()).rejects.toThrow('401');
    admin.origin = undefined;
    expect(
      (await admin.ask('POST', '/api/v1/invitations', { body: { role: 'admin' }, headers: { 'sec-fetch-site': 'cross-site' } })).status,
    ).toBe(403);
    admin.origin = hub.url;
    (await admin.socket()).close();
  });

  it('shows and ends one’s own sessions only, and cuts their pages off at once', async () => {
    const grace = await newcomer('tester', 'grace');
    const other = new Visitor(hub.url);
    await other.call('POST', '/sessions', { login: 'grace', password: PASSWORD });
    const sessions = (await grace.call('GET', '/sessions')).body as unknown as { id: string; own: boolean }[];
    const foreign = sessions.find(({ own }) => !own)?.id ?? '';
    expect(sessions).toHaveLength(2);
    expect((await admin.call('DELETE', `/sessions/${foreign}`)).status).toBe(404);
    const socket = await other.socket();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    expect((await grace.call('DELETE', `/sessions/${foreign}`)).status).toBe(200);
    await closed;
    expect((await other.call('GET', '/system/info')).status).toBe(401);
  });

  it('ends the other sessions with a new password', async () => {
    const ivy = await newcomer('tester', 'ivy');
    const other = new Visitor(hub.url);
    await other.call('POST', '/sessions', { login: 'ivy', password: PASSWORD });
    expect((await ivy.call('PUT', '/sessions/password', { present: 'wrong one', next: 'eleven blue whales' })).status).toBe(403);
    expect((await ivy.call('PUT', '/sessions/password', { present: PASSWORD, next: 'eleven blue whales' })).status).toBe(200);
    expect((await ivy.call('GET', '/system/info')).status).toBe(200);
    expect((await other.call('GET', '/system/info')).status).toBe(401);
  });

  it('gives tokens that may what their scopes say, until they end', async () => {
    const alan = await newcomer('tester', 'alan');
    const made = await alan.call('POST', '/tokens', { name: 'script', scopes: ['read'], days: 1 });
    const bearer = { authorization: `Bearer ${String(made.body['secret'])}` };
    const script = new Visitor(hub.url);
    script.origin = undefined;
    expect((await script.ask('GET', '/api/v1/system/info', { headers: bearer })).body).toMatchObject({
      scopes: ['read'],
      me: { login: 'alan' },
    });
    expect(
      (await script.ask('POST', '/api/v1/tokens', { body: { name: 'more', scopes: ['manage'], days: 1 }, headers: bearer })).status,
    ).toBe(403);
    expect((await alan.call('GET', '/tokens')).text).not.toContain(String(made.body['secret']));
    const id = (made.body['token'] as { id: string }).id;
    expect((await admin.call('DELETE', `/tokens/${id}`)).status).toBe(404);
    now += 25 * 3_600_000;
    expect((await script.ask('GET', '/api/v1/system/info', { headers: bearer })).status).toBe(401);
    expect((await admin.call('GET', '/system/info')).status).toBe(401);
    await admin.call('POST', '/sessions', { login: 'root', password: PASSWORD });
  });

  it('shuts people out at once, but never the last administrator', async () => {
    const joan = await newcomer('operator', 'joan');
    const { id } = (await joan.call('GET', '/system/info')).body['me'] as { id: string };
    const me = (await admin.call('GET', '/system/info')).body['me'] as { id: string };
    expect((await admin.call('PATCH', `/people/${me.id}`, { role: 'tester' })).status).toBe(409);
    expect((await admin.call('PATCH', `/people/${id}`, { disabled: true })).status).toBe(200);
    expect((await joan.call('GET', '/system/info')).status).toBe(401);
    expect((await joan.call('POST', '/sessions', { login: 'joan', password: PASSWORD })).status).toBe(401);
  });

  it('writes down who did what, refusals included, and no secret', async () => {
    const entries = (await admin.call('GET', '/audit?limit=500')).text;
    for (const deed of ['invitations.redeem', 'sessions.signIn', 'people.change', 'tokens.create']) expect(entries).toContain(deed);
    expect(entries).toContain('UNAUTHORIZED');
    expect(entries).not.toContain(PASSWORD);
    expect(entries).toContain(admin.address);
  });

  it('answers health, readiness, figures and a document of every procedure', async () => {
    expect((await admin.ask('GET', '/health')).status).toBe(200);
    expect((await admin.ask('GET', '/ready')).body).toEqual({ status: 'ready' });
    expect((await admin.ask('GET', '/metrics')).status).toBe(403);
    expect((await admin.ask('GET', '/metrics', { headers: { authorization: `Bearer ${METRICS}` } })).text).toContain(
      'atn_hub_http_request_duration_seconds',
    );
    expect(Object.keys((await admin.ask('GET', '/api/v1/openapi.json')).body['paths'] as object)).toContain('/harnesses');
    expect((await admin.ask('GET', '/suts')).text).toContain('<meta name="atn-server" content="hub">');
    expect((await admin.ask('GET', '/assets/../../hub.db')).status).toBe(404);
    expect((await admin.call('GET', '/no-such-thing')).status).toBe(404);
  });

  it('limits how often one address tries to come in', async () => {
    const tries: number[] = [];
    const visitor = new Visitor(hub.url);
    for (let count = 0; count < 12; count += 1) tries.push((await visitor.call('POST', '/sessions', { login: 'x', password: 'y' })).status);
    expect(tries.at(-1)).toBe(429);
  });

  it('knows everybody again after a restart', async () => {
    await hub.close();
    hub = await start();
    expect(hub.firstLink).toBeNull();
    const visitor = new Visitor(hub.url);
    expect((await visitor.call('POST', '/sessions', { login: 'root', password: PASSWORD })).status).toBe(200);
    Object.assign(admin, { url: hub.url, origin: hub.url, cookie: visitor.cookie });
  });
});

describe('settings and copies', () => {
  it('names every wrong setting', async () => {
    const wrong = settings('wrong', { ATN_HUB_METRICS_TOKEN: 'short', ATN_HUB_PUBLIC_URL: 'hub' });
    await expect(wrong).rejects.toThrow(/publicUrl.*metricsToken/u);
  });

  it('copies a running store, puts it back when the hub has ended, and keeps the former one', async () => {
    const config = await settings('copied');
    const options = { config, appVersion: '1', pages: place };
    const hub = await composeHub(options);
    const visitor = new Visitor(hub.url);
    await visitor.call('POST', '/invitations/redeem', { secret: secretOf(hub.firstLink), login: 'root', name: 'Ada', password: PASSWORD });
    const file = join(place, 'copy.db');
    await backupStore(config, file);
    await expect(backupStore(config, file)).rejects.toThrow('is there already');
    await expect(restoreStore(config, file)).rejects.toThrow('End it first');
    await visitor.call('POST', '/invitations', { role: 'tester' });
    await hub.close();
    writeFileSync(join(place, 'no.db'), 'not a store');
    await expect(restoreStore(config, join(place, 'no.db'))).rejects.toThrow('not the store of a hub');
    expect(await restoreStore(config, file)).toContain('before-');
    const restored = await composeHub(options);
    expect(restored.firstLink).toBeNull();
    const list = new Visitor(restored.url);
    await list.call('POST', '/sessions', { login: 'root', password: PASSWORD });
    expect((await list.call('GET', '/invitations')).body).toHaveLength(1);
    await restored.close();
  });
});
