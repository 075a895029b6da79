import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Upload } from 'tus-js-client';
import { expect } from 'vitest';
import { ZipFile } from 'yazl';
import { HarnessProcess } from '../../e2e/lab/harness-process.ts';
import type { HubReservation } from '../../src-shared/model/hub-directory.ts';
import type { HubRun } from '../../src-shared/model/hub-runs.ts';
import { composeHub, type Hub } from '../app/compose.ts';
import { readConfig } from '../app/config.ts';
import { Visitor } from '../app/test-visitor.ts';
import { newReservationId, soon } from '../links/link-bench.ts';

const PASSWORD = 'seven green bicycles';
const HOUR = 3_600_000;
/** A run has a Python to find and a Robot to start, on a machine that does much else. */
export const LONG = 90_000;

/** By a real tus client; answers the id, or what was refused. */
function bringTo({ url, cookie }: Visitor, bytes: Buffer, metadata: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(Readable.from([bytes]), {
      endpoint: `${url}/api/uploads`,
      headers: { cookie },
      metadata,
      uploadSize: bytes.length,
      chunkSize: Math.max(500, Math.ceil(bytes.length / 5)),
      onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
      onError: reject,
      retryDelays: null,
    });
    upload.start();
  });
}

/** As a zip. */
export async function bringSuites(visitor: Visitor, files: Record<string, string>, metadata: Record<string, string> = {}): Promise<string> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return bringTo(visitor, await buffer(zip.outputStream), { name: 'Fans', filename: 'suites.zip', ...metadata });
}

/** A hub with one tester, and a lab whose machine a the tester holds. */
export class Site {
  readonly place = mkdtempSync(join(tmpdir(), 'atn-remote-'));
  readonly lab = new HarnessProcess();
  readonly #home = join(this.place, 'hub');
  /** The hub's store. */
  readonly file = join(this.#home, 'hub.db');
  readonly #environment: Record<string, string>;
  #port = '0';
  hub!: Hub;
  tester!: Visitor;
  reservationId = '';

  constructor(environment: Record<string, string> = {}) {
    this.#environment = environment;
  }

  async start(): Promise<void> {
    const config = await readConfig(
      { home: this.#home, port: this.#port, host: undefined },
      { ATN_HUB_TRUST_PROXY: '127.0.0.1', ...this.#environment },
    );
    this.hub = await composeHub({ config, appVersion: '1', pages: this.place });
    this.#port = new URL(this.hub.url).port;
  }

  async open(): Promise<void> {
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

  /** Suites as a zip; answers the id, or what was refused. */
  upload(files: Record<string, string>, metadata: Record<string, string> = {}): Promise<string> {
    return bringSuites(this.tester, files, metadata);
  }

  bring(bytes: Buffer, metadata: Record<string, string>): Promise<string> {
    return bringTo(this.tester, bytes, metadata);
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
