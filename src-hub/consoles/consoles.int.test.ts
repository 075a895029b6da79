import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atn, ensureBuilt, startProgram, type Started } from '../../e2e/lab/hub-processes.ts';
import { startPostgres, type Postgres } from '../../e2e/lab/postgresql.ts';
import type { HubContract } from '../../src-shared/contract/hub/index.ts';
import type { HubReservation } from '../../src-shared/model/hub-directory.ts';
import type { HubStatus } from '../../src-shared/model/hub-link.ts';
import { Visitor } from '../app/test-visitor.ts';
import { newReservationId, soon as wait } from '../links/link-bench.ts';

const PASSWORD = 'seven green bicycles';
const HOUR = 3_600_000;
const FLOOD = 12_000_000;
const LONG = 60_000;
const soon = <T>(look: () => T | Promise<T>) => wait(look, LONG);

/** A console that answers each line, and is flooded at a word. */
const SHELL = `echo ready; while read line; do case "$line" in flood) head -c ${FLOOD} /dev/zero | tr '\\0' x; echo; echo flooded;; *) echo "heard $line";; esac; done`;
const MACHINES = `- name: a\n  endpoints:\n    - provider: command\n      commands: { console: [sh, -c, ${JSON.stringify(SHELL)}] }\n`;

/** Somebody at a page of one process of the hub. */
class Page {
  text = '';
  bytes = 0;
  leftOut = 0;
  writer: string | null = null;
  problem: unknown = null;
  readonly #leaving = new AbortController();
  readonly client: ContractRouterClient<HubContract>;
  #next: { recordingId: string; offset: number } | null = null;

  private constructor(client: ContractRouterClient<HubContract>) {
    this.client = client;
  }

  static async open(visitor: Visitor): Promise<Page> {
    const websocket = (await visitor.socket()) as unknown as globalThis.WebSocket;
    return new Page(createORPCClient(new RPCLink({ websocket })));
  }

  watch(harnessId: string): void {
    void this.#watch(harnessId).catch((error: unknown) => (this.problem = error));
  }

  async #watch(harnessId: string): Promise<void> {
    const events = await this.client.consoles.attach({ harnessId, sut: 'a' }, { signal: this.#leaving.signal });
    for await (const event of events) {
      if (event.type === 'state') this.writer = event.console.writer;
      else {
        const bytes = Buffer.from(event.bytes, 'base64');
        if (this.#next?.recordingId === event.recordingId) this.leftOut += event.offset - this.#next.offset;
        this.#next = { recordingId: event.recordingId, offset: event.offset + bytes.length };
        this.bytes += bytes.length;
        this.text = (this.text + bytes.toString('latin1')).slice(-100_000);
      }
    }
  }

  leave(): void {
    this.#leaving.abort();
  }
}

describe.each(['SQLite', 'PostgreSQL, browser and lab at different processes'])('consoles of machines from afar, with %s', (kind) => {
  const place = mkdtempSync(join(tmpdir(), 'atn-consoles-'));
  const home = join(place, 'lab');
  const lab = <T>(...words: string[]) => atn<T>(home, ...words);
  let postgres: Postgres | null = null;
  let hubs: Started<{ url: string; firstLink: string | null }>[] = [];
  let running: Started<unknown>;
  let harnessId = '';
  let reservationId = '';
  let ada: Visitor;

  const startHub = (name: string) =>
    startProgram<{ url: string; firstLink: string | null }>('hub', ['--home', join(place, name), '--port', '0'], {
      ...{ ATN_HUB_CALLS: '10000000', ATN_HUB_TRIES: '10000', ATN_HUB_PUBLIC_URL: '' },
      ...(postgres === null ? {} : { DATABASE_URL: postgres.url }),
    });

  async function reserve(): Promise<void> {
    reservationId = newReservationId();
    const wish = { id: reservationId, harnessId, suts: ['a'], durationMs: HOUR };
    await soon(async () => expect((await ada.call('POST', '/reservations', wish)).status).toBe(200));
    await soon(async () => expect(await stateOf()).toBe('active'));
  }

  async function stateOf(): Promise<string | null | undefined> {
    const rows = (await ada.call('GET', '/reservations?over=true')).body as unknown as HubReservation[];
    return rows.find(({ id }) => id === reservationId)?.state;
  }

  beforeAll(async () => {
    ensureBuilt();
    postgres = kind === 'SQLite' ? null : await startPostgres();
    hubs = [await startHub('first')];
    if (postgres !== null) hubs.push(await startHub('second'));
    const [first, last] = [hubs[0], hubs.at(-1)];
    // The link that was printed last is the one that is good.
    ada = new Visitor(last?.said.url ?? '');
    const secret = last?.said.firstLink?.split('#')[1];
    await ada.call('POST', '/invitations/redeem', { secret, login: 'ada', name: 'Ada', password: PASSWORD });
    running = await startProgram('atn', ['serve', '--home', home]);
    writeFileSync(join(place, 'suts.yaml'), MACHINES);
    await lab('suts', 'add', '--file', join(place, 'suts.yaml'));
    await lab('hub', 'share', 'a');
    const { body } = await ada.call('POST', '/harnesses/codes');
    const connected = await lab<HubStatus>('hub', 'connect', first?.said.url ?? '', String(body['code']));
    harnessId = connected.hub?.harnessId ?? '';
    await ada.call('POST', `/harnesses/${harnessId}/decisions`, { decision: 'approved' });
    await lab('hub', 'retry');
    await reserve();
  }, 300_000);
  afterAll(async () => {
    await running.kill();
    await Promise.all(hubs.map((hub) => hub.kill()));
    await postgres?.stop();
    rmSync(place, { recursive: true, force: true, maxRetries: 10 });
  });

  it('are read and typed on by who holds the machine, as far as the owner of the lab lets them', { timeout: 200_000 }, async () => {
    const page = await Page.open(ada);
    const one = { harnessId, sut: 'a' };
    await expect(page.client.consoles.attach(one)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await lab('hub', 'consoles', 'read');
    await soon(async () => expect(await page.client.consoles.attach(one)).toBeDefined());
    page.watch(harnessId);
    await soon(() => expect(page.text).toContain('ready'));
    await expect(page.client.consoles.takeWriter(one)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await lab('hub', 'consoles', 'write');
    await expect(page.client.consoles.write({ ...one, text: 'early\n' })).rejects.toMatchObject({ code: 'NOT_RESERVED' });
    await page.client.consoles.takeWriter(one);
    await soon(() => expect(page.writer).toMatch(/^ada @ /u));
    await page.client.consoles.write({ ...one, text: 'good morning\n' });
    await soon(() => expect(page.text).toContain('heard good morning'));

    const other = await ada.call('POST', '/invitations', { role: 'tester' });
    const bob = new Visitor(ada.url);
    await bob.call('POST', '/invitations/redeem', { secret: other.body['secret'], login: 'bob', name: 'Bob', password: PASSWORD });
    await expect((await Page.open(bob)).client.consoles.attach(one)).rejects.toMatchObject({ code: 'NOT_RESERVED' });

    await lab('hub', 'pause');
    await soon(() => expect(page.writer).toBeNull());
    await expect(page.client.consoles.takeWriter(one)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await lab('hub', 'resume');
    await page.client.consoles.takeWriter(one);
    await soon(() => expect(page.writer).not.toBeNull());
    await lab('hub', 'consoles', 'read');
    await soon(() => expect(page.writer).toBeNull());
    expect(page.problem).toBeNull();
    await lab('hub', 'consoles', 'nothing');
    await soon(() => expect(page.problem).toMatchObject({ code: 'FORBIDDEN' }));

    const audit = (await ada.call('GET', '/audit')).text;
    for (const deed of ['consoles.attach', 'consoles.takeWriter']) expect(audit).toContain(deed);
    const told = await lab<{ what: string; who: string }[]>('suts', 'events', 'a');
    for (const what of ['console opened from afar', 'console typed on from afar'])
      expect(told.some((event) => event.what === what && event.who.startsWith('ada @ '))).toBe(true);
  });

  it('are left out in part where they come too fast, and end with the reservation', { timeout: 200_000 }, async () => {
    await lab('hub', 'consoles', 'write');
    const page = await Page.open(ada);
    const one = { harnessId, sut: 'a' };
    await soon(async () => expect(await page.client.consoles.attach(one)).toBeDefined());
    page.watch(harnessId);
    await soon(() => expect(page.text).toContain('ready'));
    await page.client.consoles.takeWriter(one);
    await page.client.consoles.write({ ...one, text: 'flood\n' });
    await soon(() => expect(page.text).toContain('flooded'));
    expect(page.leftOut).toBeGreaterThan(0);
    expect(page.bytes + page.leftOut).toBeGreaterThan(FLOOD);
    expect((await lab<HubStatus>('hub')).hub?.link).toBe('up');
    const [recording] = readdirSync(join(home, 'consoles'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.bytes'))
      .slice(-1);
    expect(statSync(join(home, 'consoles', recording ?? '')).size).toBeGreaterThan(FLOOD);
    await soon(() => expect(page.writer).toMatch(/^ada @ /u));
    await ada.call('DELETE', `/reservations/${reservationId}`);
    await soon(() => expect(page.problem).toMatchObject({ code: expect.stringMatching(/^(FORBIDDEN|NOT_RESERVED)$/u) as string }));
    await expect(page.client.consoles.write({ ...one, text: 'late\n' })).rejects.toMatchObject({ code: 'NOT_RESERVED' });
    page.leave();
  });
});
