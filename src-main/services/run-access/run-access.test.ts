import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bumpFence, findFence } from '../../store/fences.ts';
import { releaseLeases, takeLeases } from '../../store/leases.ts';
import { openStore, type Store } from '../../store/open.ts';
import { addSutEvent } from '../../store/sut-events.ts';
import { saveSut } from '../../store/suts.ts';
import { needLeased, needMember } from './machines-of-run.ts';
import { operateForRun } from './operate-for-run.ts';
import { RunAccess } from './run-access.ts';
import type { Machines, RunEntry } from './run-access-services.ts';

let folder: string;
let store: Store;
let leave: AbortController;
let run: RunEntry;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atn-run-access-'));
  store = openStore({ file: join(folder, 'harness.db'), backups: folder, now: 1 });
  for (const id of ['s1', 's2', 'e1']) {
    const role = id === 'e1' ? ('environment' as const) : ('sut' as const);
    const facts = { information: [], tags: [], maintainedBy: 'lab', parentId: null, endpoints: [], createdAt: 1, changedAt: 1 };
    saveSut(store.write, { id, name: `node-${id}`, role, ...facts });
  }
  addRun('r1', 'executing');
  takeLeases(store.write, { run: 1, sutIds: ['s1'], at: 1 });
  leave = new AbortController();
  const members = [
    { id: 's1', name: 'node-s1', role: 'sut' as const },
    { id: 'e1', name: 'node-e1', role: 'environment' as const },
  ];
  run = { id: 'r1', name: 'smoke', startedAt: 1, folder, members, leaving: leave.signal, consoles: new Map(), underway: new Map() };
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function addRun(id: string, state: string): void {
  store.write
    .prepare(
      `INSERT INTO run (id, name, revision, suts, series_key, started_by, selection, options, created_at, state)
       VALUES (?, 'smoke', 'r', '[]', 's', 'ada', '{}', '{}', 1, ?)`,
    )
    .run(id, state);
}

const failing = (code: string, words: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(words) as string }) as Error;
const services = () => ({ store: store.read });

describe('the machines of a run', () => {
  it('may be looked at, and changed with the fence of the lease', () => {
    expect(needLeased(services(), run, 'node-s1')).toMatchObject({ id: 's1', fence: findFence(store.read, 's1').token });
    expect(needMember(services(), run, 'node-e1')).toMatchObject({ id: 'e1' });
  });

  it('are no others, and no member of the test environment is changed', () => {
    expect(() => needMember(services(), run, 'node-s2')).toThrow(failing('FORBIDDEN', 'Its machines are: node-s1, node-e1'));
    expect(() => needLeased(services(), run, 'node-e1')).toThrow(failing('FORBIDDEN', 'part of the test environment'));
  });

  it('are gone with the lease, with a new fence, and for another run', () => {
    bumpFence(store.write, 's1');
    expect(() => needLeased(services(), run, 'node-s1')).toThrow(failing('NOT_RESERVED', 'has node-s1 no longer'));
    releaseLeases(store.write, 1);
    expect(() => needLeased(services(), run, 'node-s1')).toThrow(failing('NOT_RESERVED', 'has node-s1 no longer'));
    addRun('r2', 'executing');
    takeLeases(store.write, { run: 2, sutIds: ['s1'], at: 1 });
    expect(() => needLeased(services(), run, 'node-s1')).toThrow(failing('NOT_RESERVED', 'has node-s1 no longer'));
  });

  it.each(['queued', 'preparing', 'collecting', 'ended'])('are not reached while the run is %s', (state) => {
    const end = state === 'ended' ? ", verdict = 'passed', ended_at = 1" : '';
    store.write.exec(`UPDATE run SET state = '${state}'${end} WHERE id = 'r1'`);
    expect(() => needMember(services(), run, 'node-s1')).toThrow(failing('FORBIDDEN', 'has ended'));
  });

  it('are not reached when the run was told to leave', () => {
    leave.abort();
    expect(() => needMember(services(), run, 'node-s1')).toThrow(failing('FORBIDDEN', 'has ended'));
  });
});

describe('a deed of a run', () => {
  const key = '01890000-0000-7000-8000-000000000001';
  const wish = {
    asked: { sut: 'node-s1', key, test: 'Boots' },
    deed: { capability: 'sel', action: 'clear', args: {} },
    what: 'cleared',
  } as const;
  const event = (outcome: 'done' | 'unknown' | 'failed', who = 'run smoke') => {
    const rest = { why: null, message: 'It refused.', provider: null, tookMs: null, attempts: [] };
    addSutEvent(store.write, { id: key, sutId: 's1', at: 1, who, what: 'cleared', outcome, ...rest });
  };
  const machines = () => ({ operate: vi.fn<Machines['operate']>(() => Promise.resolve()) });
  const doIt = (mine: { operate: Machines['operate'] }) => operateForRun({ store: store.read, machines: mine as Machines }, run, wish);

  it('is told with run, test and fence, and done once for one key while it goes on', async () => {
    const mine = machines();
    const both = await Promise.all([doIt(mine), doIt(mine)]);
    expect(both).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
    const { token: fence } = findFence(store.read, 's1');
    const told = { key, fence, runId: 'r1', who: 'run smoke', what: 'cleared', why: 'Run r1, test "Boots"' };
    expect(mine.operate.mock.calls).toEqual([['s1', wish.deed, told]]);
  });

  it.each([
    ['done', 'done'],
    ['unknown', 'unknown'],
  ] as const)('that is %s in the history is not done again', async (kept, answered) => {
    const mine = machines();
    event(kept);
    expect(await doIt(mine)).toEqual({ outcome: answered });
    expect(mine.operate).not.toHaveBeenCalled();
  });

  it('that failed fails again with its reason, and a key of somebody else is refused', async () => {
    const mine = machines();
    event('failed');
    await expect(doIt(mine)).rejects.toThrow(failing('OOBM_REFUSED', 'It refused.'));
    store.write.exec("UPDATE sut_event SET who = 'eve'");
    await expect(doIt(mine)).rejects.toThrow(failing('BAD_REQUEST', 'another deed'));
    expect(mine.operate).not.toHaveBeenCalled();
  });
});

describe('the access of runs', () => {
  it('has a token and a file for each, listens while there is one, and forgets the token before', async () => {
    const closed = vi.fn(() => Promise.resolve());
    let find: (token: string) => RunEntry | undefined = () => undefined;
    const listen = vi.fn((asked: typeof find) => {
      find = asked;
      return Promise.resolve({ url: 'http://127.0.0.1:1/run-access', close: closed });
    });
    const access = new RunAccess({ listen });
    const tokenOf = () => (JSON.parse(readFileSync(join(folder, 'access.json'), 'utf8')) as { token: string }).token;
    await access.open(run);
    const first = tokenOf();
    expect(statSync(join(folder, 'access.json')).mode & 0o777).toBe(0o600);
    expect(find(first)?.id).toBe('r1');
    await access.open(run);
    expect([find(first), find(tokenOf())?.id, listen.mock.calls.length]).toEqual([undefined, 'r1', 1]);
    const entry = find(tokenOf());
    await access.close('r1');
    expect(entry?.leaving.aborted).toBe(true);
    expect([existsSync(join(folder, 'access.json')), closed.mock.calls.length]).toEqual([false, 1]);
  });

  it('keeps the file when the harness leaves, so that the run waits for the next one', async () => {
    const access = new RunAccess({ listen: () => Promise.resolve({ url: 'http://127.0.0.1:1', close: () => Promise.resolve() }) });
    await access.open(run);
    await access.leave();
    expect(existsSync(join(folder, 'access.json'))).toBe(true);
  });

  it('tries to listen again after it could not', async () => {
    const listen = vi.fn(() => Promise.reject(new Error('no socket')));
    const access = new RunAccess({ listen });
    await expect(access.open(run)).rejects.toThrow('no socket');
    await expect(access.open(run)).rejects.toThrow('no socket');
    expect(listen).toHaveBeenCalledTimes(2);
  });
});
