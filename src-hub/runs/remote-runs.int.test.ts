import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Upload } from 'tus-js-client';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { buildAtn, HarnessProcess } from '../../e2e/lab/harness-process.ts';
import type { HubReservation } from '../../src-shared/model/hub-directory.ts';
import type { HubRun } from '../../src-shared/model/hub-runs.ts';
import type { RunSummary } from '../../src-shared/model/run.ts';
import { composeHub, type Hub } from '../app/compose.ts';
import { readConfig } from '../app/config.ts';
import { Visitor } from '../app/test-visitor.ts';
import { newReservationId, soon } from '../links/link-bench.ts';

beforeAll(() => buildAtn(), 300_000);

const leaving: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of leaving.splice(0).reverse()) await step();
});

const PASSWORD = 'seven green bicycles';
const HOUR = 3_600_000;
/** A run has a Python to find and a Robot to start, on a machine that does much else. */
const LONG = 90_000;
const SUITE = `*** Test Cases ***
Quick
    Log    hello from afar    console=yes
Wrong
    Fail    Fan 4 turns at 1080 rpm
Long
    Log    begun    console=yes
    Sleep    120
Steady
    FOR    \${number}    IN RANGE    60
        Log    tick \${number}.    console=yes
        Sleep    0.2
    END
`;

/** A hub with one tester, and a lab whose machine a the tester holds. */
class Site {
  readonly place = mkdtempSync(join(tmpdir(), 'atn-remote-'));
  readonly lab = new HarnessProcess();
  readonly #home = join(this.place, 'hub');
  /** The hub's store. */
  readonly file = join(this.#home, 'hub.db');
  #port = '0';
  hub!: Hub;
  tester!: Visitor;
  reservationId = '';

  async start(): Promise<void> {
    const config = await readConfig({ home: this.#home, port: this.#port, host: undefined }, { ATN_HUB_TRUST_PROXY: '127.0.0.1' });
    this.hub = await composeHub({ config, appVersion: '1', pages: this.place });
    this.#port = new URL(this.hub.url).port;
  }

  async open(): Promise<void> {
    leaving.push(() => this.close());
    await this.start();
    this.tester = new Visitor(this.hub.url);
    const secret = this.hub.firstLink?.split('#')[1] ?? '';
    await this.tester.call('POST', '/invitations/redeem', { secret, login: 'ada', name: 'Ada', password: PASSWORD });
    await this.lab.start();
    const file = join(this.place, 'suts.yaml');
    writeFileSync(file, '- name: a\n- name: b\n');
    await this.lab.atn('suts', 'add', '--file', file);
    await this.lab.atn('hub', 'share', 'a', 'b');
    const { code } = await this.ask<{ code: string }>('POST', '/harnesses/codes');
    await this.lab.atn('hub', 'connect', this.hub.url, code);
    const [lab] = await soon(async () => {
      const found = await this.ask<{ id: string }[]>('GET', '/harnesses');
      expect(found).toHaveLength(1);
      return found;
    });
    await this.ask('POST', `/harnesses/${lab?.id ?? ''}/decisions`, { decision: 'approved' });
    await this.lab.atn('hub', 'retry');
    this.reservationId = newReservationId();
    const wish = { id: this.reservationId, harnessId: lab?.id, suts: ['a'], durationMs: HOUR };
    await soon(async () => expect((await this.tester.call('POST', '/reservations', wish)).status).toBe(200));
    await this.holds();
  }

  async newcomer(role: string, login: string): Promise<Visitor> {
    const { secret } = await this.ask<{ secret: string }>('POST', '/invitations', { role });
    const visitor = new Visitor(this.hub.url);
    await visitor.call('POST', '/invitations/redeem', { secret, login, name: login, password: PASSWORD });
    return visitor;
  }

  holds(): Promise<void> {
    return soon(async () => {
      const mine = await this.ask<HubReservation[]>('GET', '/reservations');
      expect(mine.find(({ id }) => id === this.reservationId)?.state).toBe('active');
    });
  }

  async close(): Promise<void> {
    await this.lab.leave();
    await this.hub.close();
    rmSync(this.place, { recursive: true, force: true, maxRetries: 10 });
  }

  async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const { status, body: answer, text } = await this.tester.call(method, path, body);
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
    return answer as unknown as T;
  }

  /** By a real tus client; answers the id, or what was refused. */
  async upload(files: Record<string, string>, metadata: Record<string, string> = {}): Promise<string> {
    const zip = new ZipFile();
    for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
    zip.end();
    const bytes = await buffer(zip.outputStream);
    return new Promise((resolve, reject) => {
      const upload = new Upload(Readable.from([bytes]), {
        endpoint: `${this.hub.url}/api/uploads`,
        headers: { cookie: this.tester.cookie },
        metadata: { name: 'Fans', filename: 'suites.zip', ...metadata },
        uploadSize: bytes.length,
        chunkSize: 500,
        onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
        onError: reject,
        retryDelays: null,
      });
      upload.start();
    });
  }

  async begin(testDataId: string, tests: string[], more: object = {}): Promise<string> {
    const id = newReservationId();
    const selection = { include: [], exclude: [], suites: [], tests };
    await this.ask('POST', '/runs', { id, reservationId: this.reservationId, testDataId, selection, ...more });
    return id;
  }

  run(id: string): Promise<HubRun> {
    return this.ask('GET', `/runs/${id}`);
  }

  reaches(id: string, wanted: Partial<HubRun>): Promise<HubRun> {
    return soon(async () => {
      const run = await this.run(id);
      expect(run).toMatchObject(wanted);
      return run;
    }, LONG);
  }

  published(id: string): Promise<HubRun> {
    return soon(async () => {
      const run = await this.run(id);
      expect(run.publishedAt, JSON.stringify([run.told, run.failure, run.happened])).not.toBeNull();
      return run;
    }, LONG);
  }

  says(id: string, text: string): Promise<void> {
    return soon(async () => {
      const shown = await this.ask<{ text: string }>('GET', `/runs/${id}/console`);
      expect(shown.text, JSON.stringify(await this.run(id))).toContain(text);
    }, LONG);
  }

  /** What `Steady` logged, in the order of the record, each message of each item. */
  async ticks(id: string): Promise<string[]> {
    const { items } = await this.ask<{ items: { id: number; name: string }[] }>('GET', `/runs/${id}/record/find?text=tick&limit=2000`);
    const said: string[] = [];
    for (const { id: item } of items.filter(({ name }) => name === 'Log')) {
      const { messages } = await this.ask<{ messages: { text: string }[] }>('GET', `/runs/${id}/record/messages?item=${item}`);
      said.push(...messages.map(({ text }) => text));
    }
    return said;
  }

  /** Names in the tree below the only suite, with how they stand. */
  async tree(id: string): Promise<string[]> {
    const children = async (parent: number | null) =>
      (
        await this.ask<{ items: { id: number; name: string; status: string }[] }>(
          'GET',
          `/runs/${id}/record/children${parent === null ? '' : `?parent=${parent}`}`,
        )
      ).items;
    const names: string[] = [];
    const walk = async (parent: number | null): Promise<void> => {
      for (const { id: item, name, status } of await children(parent)) {
        names.push(`${name} ${status}`);
        await walk(item);
      }
    };
    await walk(null);
    return names;
  }
}

const opened = async () => {
  const site = new Site();
  await site.open();
  return site;
};

describe('a run from afar', () => {
  it('is asked, refused with its reason, run, watched, stopped, repeated, and kept without its lab', { timeout: 400_000 }, async () => {
    const site = await opened();
    await expect(site.upload({ 'read.me': 'no suites' })).rejects.toThrow('400');
    await expect(site.upload({ 'fans.robot': SUITE }, { sha256: '0'.repeat(64) })).rejects.toThrow('409');
    const data = await site.upload({ 'fans.robot': SUITE });
    expect(await site.ask('GET', '/test-data')).toMatchObject([
      { id: data, name: 'Fans', person: 'ada', suites: [{ path: 'fans.robot', cases: ['Quick', 'Wrong', 'Long', 'Steady'] }] },
    ]);
    const early = await site.begin(data, ['*.Quick']);
    const refused = await site.reaches(early, { told: 'refused', verdict: 'error' });
    expect(refused.failure?.message).toContain('does not let remote people run suites');
    await site.lab.atn('hub', 'allow-runs');

    const missing = await site.begin(data, ['*.Nothing Like That']);
    expect((await site.reaches(missing, { told: 'refused' })).refusal?.code).toBe('PREFLIGHT_FAILED');

    const first = await site.begin(data, ['*.Quick', '*.Wrong']);
    const done = await site.published(first);
    expect(done).toMatchObject({ verdict: 'failed', counts: { passed: 1, failed: 1 }, startedBy: 'ada', suts: ['a'] });

    const long = await site.begin(data, ['*.Long']);
    await site.reaches(long, { state: 'executing' });
    await soon(async () => expect(await site.tree(long)).toContain('Sleep running'), LONG);
    await soon(async () => {
      const { text } = await site.ask<{ text: string }>('GET', `/runs/${long}/console`);
      expect(text).toContain('begun');
    }, LONG);
    const local = await site.lab.atn<RunSummary[]>('runs');
    expect(local.some(({ startedBy, state }) => startedBy.startsWith('ada @ 127.0.0.1') && state === 'executing')).toBe(true);
    await site.ask('POST', `/runs/${long}/stop`, {});
    expect(await site.published(long)).toMatchObject({ verdict: 'stopped', counts: { notRun: 0, failed: 1 } });

    const again = await site.ask<HubRun>('POST', `/runs/${first}/rerun`, { failedOnly: true });
    expect(await site.published(again.id)).toMatchObject({ verdict: 'failed', rerunOf: first, counts: { passed: 0, failed: 1 } });

    await site.lab.kill();
    expect(await site.tree(first)).toEqual(expect.arrayContaining(['Quick passed', 'Wrong failed', 'Fail failed']));
    const files = await site.ask<{ path: string }[]>('GET', `/runs/${first}/artefacts`);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['output.xml', 'log.html', 'report.html', 'record.db', 'console.txt']),
    );
    const { url } = await site.ask<{ url: string }>('POST', `/runs/${first}/address`, { path: 'output.xml' });
    const output = await fetch(url);
    expect(await output.text()).toContain('Fan 4 turns at 1080 rpm');
    expect(output.headers.get('content-security-policy')).toContain('sandbox');
    expect((await fetch(url.replace(/reports\/.{10}/u, 'reports/0123456789'))).status).toBe(404);
  });

  it(
    'loses nothing and doubles nothing when hub and harness are ended meanwhile, and comes to a true end',
    { timeout: 400_000 },
    async () => {
      const site = await opened();
      await site.lab.atn('hub', 'allow-runs');
      const data = await site.upload({ 'fans.robot': SUITE });
      const steady = await site.begin(data, ['*.Steady']);
      await site.says(steady, 'tick 5.');
      await site.hub.close();
      await site.start();
      await site.says(steady, 'tick 15.');
      await site.lab.kill();
      const dropped = await site.begin(data, ['*.Quick']);
      await site.ask('POST', `/runs/${dropped}/stop`, {});
      await site.lab.start();
      expect((await site.reaches(dropped, { told: 'refused' })).refusal?.code).toBe('CANCELLED');
      await site.says(steady, 'tick 45.');
      const live = await site.ticks(steady);
      expect(live.length).toBeGreaterThan(40);
      expect(live).toEqual(live.map((_, index) => `tick ${index}.`));
      expect(await site.published(steady)).toMatchObject({ verdict: 'passed', counts: { passed: 1, failed: 0 } });
      expect(await site.ticks(steady)).toEqual(Array.from({ length: 60 }, (_, index) => `tick ${index}.`));
      expect(await site.lab.atn<RunSummary[]>('runs')).toHaveLength(1);

      const long = await site.begin(data, ['*.Long']);
      await site.says(long, 'begun');
      await site.lab.atn('hub', 'end-remote');
      expect(await site.published(long)).toMatchObject({ verdict: 'stopped' });
      const late = await site.tester.call('POST', `/runs/${long}/rerun`, {});
      expect([late.status, late.body.code]).toEqual([409, 'NOT_RESERVED']);
    },
  );

  it(
    'is told and brought once more to a hub that was restored from a backup, and is stopped by its owner or an operator only',
    { timeout: 400_000 },
    async () => {
      const site = await opened();
      await site.lab.atn('hub', 'allow-runs');
      const data = await site.upload({ 'fans.robot': SUITE });
      await site.hub.close();
      copyFileSync(site.file, `${site.file}.backup`);
      await site.start();
      const quick = await site.begin(data, ['*.Quick']);
      const before = await site.published(quick);
      await site.hub.close();
      for (const ending of ['-wal', '-shm']) rmSync(`${site.file}${ending}`, { force: true });
      copyFileSync(`${site.file}.backup`, site.file);
      await site.start();
      await soon(async () => expect(await site.ask<HubRun[]>('GET', '/runs')).toHaveLength(1), LONG);
      const after = await site.published(quick);
      expect({ ...after, publishedAt: 0, askedAt: 0, heardAt: 0 }).toEqual({ ...before, publishedAt: 0, askedAt: 0, heardAt: 0 });
      expect(await site.tree(quick)).toEqual(expect.arrayContaining(['Quick passed']));
      expect(await site.lab.atn<RunSummary[]>('runs')).toHaveLength(1);

      const other = await site.newcomer('tester', 'bob');
      const long = await site.begin(data, ['*.Long']);
      await site.says(long, 'begun');
      expect((await other.call('POST', `/runs/${long}/stop`, {})).body.code).toBe('FORBIDDEN');
      expect((await other.call('POST', `/runs/${long}/rerun`, {})).body.code).toBe('NOT_RESERVED');
      const operator = await site.newcomer('operator', 'olga');
      expect((await operator.call('DELETE', `/runs/${long}`)).body.code).toBe('CONFLICT');
      expect((await operator.call('POST', `/runs/${long}/stop`, {})).status).toBe(200);
      await site.published(long);
      expect((await operator.call('DELETE', `/runs/${long}`)).status).toBe(200);
      expect((await other.call('GET', `/runs/${long}`)).status).toBe(404);
    },
  );

  it('does not begin after a start of the harness before the hub has heard of it', { timeout: 400_000 }, async () => {
    const site = await opened();
    await site.lab.atn('hub', 'allow-runs');
    const data = await site.upload({ 'fans.robot': SUITE });
    const long = await site.begin(data, ['*.Long']);
    await site.says(long, 'begun');
    const queued = await site.begin(data, ['*.Quick']);
    await site.reaches(queued, { told: 'queued' });
    await site.lab.kill();
    await site.hub.close();
    await site.lab.start();
    const stateOf = async (wanted: (run: RunSummary) => boolean) => (await site.lab.atn<RunSummary[]>('runs')).find(wanted)?.state;
    await site.lab.atn('stop', (await site.lab.atn<RunSummary[]>('runs')).find(({ state }) => state === 'executing')?.id ?? '');
    await soon(async () => expect(await stateOf(({ verdict }) => verdict === 'stopped')).toBe('ended'), LONG);
    expect(await stateOf(({ verdict }) => verdict === null)).toBe('queued');
    await site.start();
    await site.lab.atn('hub', 'retry');
    expect(await site.published(queued)).toMatchObject({ verdict: 'passed' });
    expect(await site.published(long)).toMatchObject({ verdict: 'stopped' });
  });
});
