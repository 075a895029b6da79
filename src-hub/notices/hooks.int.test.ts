import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type Postgres } from '../../e2e/lab/postgresql.ts';
import type { HubHook } from '../../src-shared/model/hub-hook.ts';
import { composeHub, type Hub } from '../app/compose.ts';
import { readConfig } from '../app/config.ts';
import { Visitor } from '../app/test-visitor.ts';
import { soon } from '../links/link-bench.ts';
import { openStore } from '../store/open-store.ts';
import { writeNotice } from './write-notice.ts';

const PASSWORD = 'seven green bicycles';

/** A real server that somebody's messages arrive at. */
class Receiver {
  readonly arrived: { headers: IncomingHttpHeaders; body: string }[] = [];
  status = 204;
  readonly #server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => (body += text));
    request.on('end', () => {
      this.arrived.push({ headers: request.headers, body });
      response.writeHead(this.status).end();
    });
  });
  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }
  get host(): string {
    return `localhost:${(this.#server.address() as AddressInfo).port}`;
  }
  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

describe.each(['SQLite', 'PostgreSQL'])('webhooks of people, on %s', (kind) => {
  let postgres: Postgres | null = null;
  let place: string;
  let receiver: Receiver;
  let hub: Hub;
  let admin: Visitor;
  let tom: Visitor;
  beforeAll(async () => {
    postgres = kind === 'PostgreSQL' ? await startPostgres() : null;
  }, 120_000);
  afterAll(async () => postgres?.stop());
  beforeEach(async () => {
    place = mkdtempSync(join(tmpdir(), 'atn-hooks-'));
    receiver = new Receiver();
    await receiver.listen();
  });
  afterEach(async () => {
    receiver.close();
    await hub.close();
    rmSync(place, { recursive: true, force: true, maxRetries: 10 });
  });

  const environment = (more: Record<string, string>) => ({
    ...(postgres === null ? {} : { DATABASE_URL: postgres.url }),
    ATN_HUB_TRUST_PROXY: '127.0.0.1',
    ...more,
  });
  async function open(more: Record<string, string>): Promise<void> {
    const config = await readConfig({ home: place, port: '0', host: undefined }, environment(more));
    hub = await composeHub({ config, appVersion: '1', pages: place });
    admin = new Visitor(hub.url);
    const secret = hub.firstLink?.split('#')[1];
    if (secret === undefined) return void (await admin.call('POST', '/sessions', { login: 'ada', password: PASSWORD }));
    await admin.call('POST', '/invitations/redeem', { secret, login: 'ada', name: 'Ada', password: PASSWORD });
  }
  async function tomComes(login = 'tom'): Promise<void> {
    tom = new Visitor(hub.url);
    const { status } = await tom.call('POST', '/sessions', { login, password: PASSWORD });
    if (status === 200) return;
    const { body } = await admin.call('POST', '/invitations', { role: 'tester' });
    await tom.call('POST', '/invitations/redeem', { secret: body['secret'], login, name: 'Tom', password: PASSWORD });
  }
  /** As a lab would bring it about. */
  async function tell(person: string, subject: string): Promise<void> {
    const store = await openStore(
      postgres === null ? { kind: 'sqlite', file: join(place, 'hub.db') } : { kind: 'postgres', url: postgres.url },
    );
    const body = { harness: 'Lab A', suts: ['rack-1'] };
    await writeNotice(store, { person, kind: 'granted', key: subject, subject, body, at: Date.now() });
    await store.destroy();
  }
  const hooks = async (who: Visitor) => (await who.call('GET', '/hooks')).body as unknown as HubHook[];

  it('hear of notices, signed, of a person and of a group; each message until it has arrived', { timeout: 120_000 }, async () => {
    await open({ ATN_HUB_PRIVATE_HOOKS: 'true' });
    await tomComes();
    const url = `http://${receiver.host}/hooks/T0KEN`;
    const made = await tom.call('POST', '/hooks', { name: 'Mine', url, of: ['granted', 'runEnded'] });
    expect(made.status, made.text).toBe(200);
    const { key } = made.body as unknown as { key: string };
    expect((await tom.call('POST', '/hooks', { name: 'Team', url, of: ['granted'], group: 'bench' })).status).toBe(403);
    await admin.call('PUT', '/groups', { name: 'bench', members: ['tom'] });
    expect((await admin.call('POST', '/hooks', { name: 'Team', url: `${url}?team`, of: ['granted'], group: 'bench' })).status).toBe(200);
    expect((await tom.call('GET', '/hooks')).text).not.toContain('T0KEN');
    expect((await hooks(tom)).map(({ name, group }) => [name, group])).toEqual([
      ['Mine', null],
      ['Team', 'bench'],
    ]);
    expect((await hooks(admin)).map(({ name }) => name)).toEqual(['Team']);

    receiver.status = 503;
    await tell('tom', 'first');
    await tell('ada', 'not for tom');
    await soon(async () =>
      expect((await hooks(tom)).map(({ deliveries }) => deliveries.map(({ state, tries }) => [state, tries]))).toEqual([
        [['waiting', 1]],
        [['waiting', 1]],
      ]),
    );
    receiver.status = 204;
    await tell('tom', 'second');
    await soon(async () =>
      expect((await hooks(tom))[0]?.deliveries[0]).toMatchObject({ kind: 'granted', state: 'delivered', problem: null }),
    );
    const { headers, body } = receiver.arrived.find((each) => each.body.includes('"second"') && verified(key, each)) ?? {
      headers: {},
      body: '{}',
    };
    expect(JSON.parse(body)).toMatchObject({
      event: 'notice',
      kind: 'granted',
      person: 'tom',
      title: 'rack-1: granted',
      about: { harness: 'Lab A' },
    });
    expect(headers['x-atn-delivery']).toBeDefined();
    expect(receiver.arrived.some((each) => each.body.includes('not for tom'))).toBe(false);

    const [mine, team] = await hooks(tom);
    expect((await tom.call('DELETE', `/hooks/${team?.id ?? ''}`)).status).toBe(404);
    expect((await admin.call('DELETE', `/hooks/${mine?.id ?? ''}`)).status).toBe(404);
    expect((await tom.call('DELETE', `/hooks/${mine?.id ?? ''}`)).status).toBe(200);
    expect((await admin.call('DELETE', `/hooks/${team?.id ?? ''}`)).status).toBe(200);
  });

  it('lead to no private address that the administrator has not allowed, whatever it is written as', { timeout: 120_000 }, async () => {
    await open({});
    await tomComes('liam');
    const port = receiver.host.split(':')[1] ?? '';
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433'])
      expect((await tom.call('POST', '/hooks', { name: host, url: `http://${host}:${port}/`, of: ['granted'] })).status).toBe(200);
    await tell('liam', 'private');
    await soon(async () => {
      const found = await hooks(tom);
      expect(found).toHaveLength(4);
      for (const { deliveries } of found)
        expect(deliveries).toMatchObject([{ state: 'givenUp', problem: expect.stringContaining('private network') as string }]);
    });
    expect(receiver.arrived).toEqual([]);
    expect((await tom.call('POST', '/hooks', { name: 'File', url: 'file:///etc/passwd', of: ['granted'] })).status).toBe(400);
    expect((await tom.call('POST', '/hooks', { name: 'Login', url: 'https://a:b@c.example/', of: ['granted'] })).status).toBe(400);
  });
});

function verified(key: string, { headers, body }: { headers: IncomingHttpHeaders; body: string }): boolean {
  const timestamp = String(headers['x-atn-timestamp']);
  const signature = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
  return headers['x-atn-signature'] === `sha256=${signature}`;
}
