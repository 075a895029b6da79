import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { atn, ensureBuilt, startProgram, type Started } from '../../e2e/lab/hub-processes.ts';
import { startPostgres, type Postgres } from '../../e2e/lab/postgresql.ts';
import type { HubContract } from '../../src-shared/contract/hub/index.ts';
import type { HubReservation } from '../../src-shared/model/hub-directory.ts';
import type { HubStatus } from '../../src-shared/model/hub-link.ts';
import { Visitor } from '../app/test-visitor.ts';
import { newReservationId, soon as wait } from '../links/link-bench.ts';

const PASSWORD = 'seven green bicycles';
const TICKS = 12;
const soon = <T>(look: () => T | Promise<T>) => wait(look, 90_000);
/** It ends when the test lets it: by then everything was seen live. */
const suite = (go: string) => `*** Settings ***
Library    OperatingSystem
*** Test Cases ***
Steady
    FOR    \${number}    IN RANGE    ${TICKS}
        Log    tick \${number}.
    END
    Wait Until Created    ${go}    timeout=5 min
`;

type HubProcess = Started<{ url: string; firstLink: string | null }>;

describe('a run whose lab is linked to one process of the hub', () => {
  const place = mkdtempSync(join(tmpdir(), 'atn-two-'));
  const home = join(place, 'lab');
  const go = join(place, 'go');
  let postgres: Postgres;
  let hubs: HubProcess[] = [];
  let lab: Started<unknown>;

  // Processes on one machine share a home, as docs/scale.md says: copies of records are files.
  const startHub = (): Promise<HubProcess> =>
    startProgram('hub', ['--home', join(place, 'hub'), '--port', '0'], {
      ...{ DATABASE_URL: postgres.url, ATN_HUB_CALLS: '10000000', ATN_HUB_TRIES: '10000', ATN_HUB_PUBLIC_URL: '' },
    });

  beforeAll(async () => {
    ensureBuilt();
    postgres = await startPostgres();
    hubs = [await startHub(), await startHub()];
    lab = await startProgram('atn', ['serve', '--home', home]);
  }, 300_000);
  afterAll(async () => {
    await lab.kill();
    await Promise.all(hubs.map((hub) => hub.kill()));
    await postgres.stop();
    rmSync(place, { recursive: true, force: true, maxRetries: 10 });
  });

  it('shows every keyword live, once and in order, at the other', { timeout: 300_000 }, async () => {
    const [first, second] = hubs as [HubProcess, HubProcess];
    const ada = new Visitor(second.said.url);
    const secret = second.said.firstLink?.split('#')[1];
    await ada.call('POST', '/invitations/redeem', { secret, login: 'ada', name: 'Ada', password: PASSWORD });
    writeFileSync(join(place, 'suts.yaml'), '- name: a\n');
    await atn(home, 'suts', 'add', '--file', join(place, 'suts.yaml'));
    await atn(home, 'hub', 'share', 'a');
    const { body } = await ada.call('POST', '/harnesses/codes');
    const connected = await atn<HubStatus>(home, 'hub', 'connect', first.said.url, String(body['code']));
    const harnessId = connected.hub?.harnessId ?? '';
    await ada.call('POST', `/harnesses/${harnessId}/decisions`, { decision: 'approved' });
    await atn(home, 'hub', 'retry');
    await atn(home, 'hub', 'allow-runs');
    const reservationId = newReservationId();
    const wish = { id: reservationId, harnessId, suts: ['a'], durationMs: 3_600_000 };
    await soon(async () => expect((await ada.call('POST', '/reservations', wish)).status).toBe(200));
    await soon(async () => {
      const rows = (await ada.call('GET', '/reservations')).body as unknown as HubReservation[];
      expect(rows[0]?.state).toBe('active');
    });

    const websocket = (await ada.socket()) as unknown as globalThis.WebSocket;
    const client: ContractRouterClient<HubContract> = createORPCClient(new RPCLink({ websocket }));
    const id = newReservationId();
    await client.runs.start({ id, reservationId, testDataId: await upload(ada, suite(go)) });
    const states: string[] = [];
    const watching = (async () => {
      for await (const run of await client.runs.follow({ id })) if (states.at(-1) !== run.state) states.push(run.state);
    })();
    await soon(() => expect(states).toContain('executing'));
    const running: string[] = [];
    const leaving = new AbortController();
    const following = (async () => {
      for await (const { runningPath: path } of await client.record.follow({ id }, { signal: leaving.signal })) {
        const deepest = path.at(-1)?.name;
        if (deepest !== undefined && running.at(-1) !== deepest) running.push(deepest);
      }
    })().catch(() => undefined);
    const ticks = async () => (await client.record.find({ id, text: 'tick ', limit: 100 })).items.map((item) => item.id);
    await soon(async () => expect((await ticks()).length).toBeGreaterThanOrEqual(TICKS));
    await soon(() => expect(running).toContain('Wait Until Created'));
    expect(states).not.toContain('ended');
    writeFileSync(go, '');
    await watching;
    leaving.abort();
    await following;
    expect(states.at(-1)).toBe('ended');
    expect(await client.runs.get({ id })).toMatchObject({ verdict: 'passed' });
    const found = await ticks();
    expect(found).toHaveLength(TICKS);
    expect(found).toEqual([...new Set(found)].toSorted((one, other) => one - other));
  });
});

/** Suites as a zip, in one piece; answers the id. */
async function upload(visitor: Visitor, text: string): Promise<string> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(text), 'steady.robot');
  zip.end();
  const bytes = await buffer(zip.outputStream);
  const coded = (word: string) => Buffer.from(word).toString('base64');
  const headers = { cookie: visitor.cookie, origin: visitor.url, 'tus-resumable': '1.0.0' };
  const made = await fetch(`${visitor.url}/api/uploads`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(bytes.length),
      'upload-metadata': `name ${coded('Steady')},filename ${coded('suites.zip')}`,
    },
  });
  const place = new URL(made.headers.get('location') ?? '', visitor.url);
  const sent = await fetch(place, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  });
  expect([made.status, sent.status]).toEqual([201, 204]);
  return place.pathname.split('/').at(-1) ?? '';
}
