import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFence } from '../../store/fences.ts';
import { takeLeases, releaseLeases } from '../../store/leases.ts';
import type { Caller } from '../caller.ts';
import { readCalendar } from './calendar.ts';
import { ReservationBench } from './reservation-bench.ts';

const HOUR = 3_600_000;
const START = 1_000_000;
const ada: Caller = { user: 'ada', origin: 'desktop' };
const bob: Caller = { user: 'bob', origin: 'rest' };
const lab: Caller = { user: 'lab', origin: 'cli' };
let bench: ReservationBench;

beforeEach(() => {
  bench = new ReservationBench(['a', 'b', 'c']);
  bench.reservations.start();
});
afterEach(() => bench.remove());

const refused = (code: string, words = '') =>
  expect.objectContaining({ code, message: expect.stringContaining(words) as unknown }) as Error;
const state = (id: string) => bench.reservations.get(id).state;
/** A run that has the lease of SUTs, as the run engine writes it. */
function leaseTo(starter: string, ...suts: string[]): number {
  const { lastInsertRowid } = bench.store
    .prepare(
      `INSERT INTO run (id, name, revision, suts, series_key, started_by, selection, options, created_at, state)
       VALUES (lower(hex(randomblob(8))), 'nightly', 'r', '[]', 's', ?, '{}', '{}', 1, 'executing')`,
    )
    .run(starter);
  const run = Number(lastInsertRowid);
  suts.forEach((name, ordinal) =>
    bench.store.prepare('INSERT INTO run_sut (run, ordinal, sut_id, name) VALUES (?, ?, ?, ?)').run(run, ordinal, `id-${name}`, name),
  );
  takeLeases(bench.store, { run, sutIds: suts.map((name) => `id-${name}`), at: bench.time.now });
  return run;
}

describe('reserving', () => {
  it('gives now, for later, open-ended, several together, by name or by need', () => {
    expect(bench.ask('ada', { suts: ['a', 'b'], open: true })).toMatchObject({ state: 'active', begin: START, end: null, holder: 'ada' });
    const later = bench.ask('bob', { suts: ['c'], begin: START + HOUR, durationMs: HOUR });
    expect(later).toMatchObject({ state: 'granted', begin: START + HOUR, end: START + 2 * HOUR });
    const need = bench.ask('bob', { need: { tags: ['c'], fields: [], count: 1 }, durationMs: HOUR });
    expect(need).toMatchObject({ state: 'active', suts: [{ name: 'c' }] });
  });
  it('refuses times that contradict each other, unknown SUTs and what is busy, each with what to do', () => {
    expect(() => bench.ask('ada', { suts: ['a'] })).toThrow(refused('BAD_REQUEST', 'until when'));
    expect(() => bench.ask('ada', { suts: ['a'], open: true, durationMs: 1 })).toThrow(refused('BAD_REQUEST'));
    const contradiction = { suts: ['a'], begin: START + HOUR, end: START + 2 * HOUR, durationMs: 1 };
    expect(() => bench.ask('ada', contradiction)).toThrow(refused('BAD_REQUEST', 'contradict'));
    expect(() => bench.ask('ada', { suts: ['a', 'x'], open: true })).toThrow(refused('NOT_FOUND', 'x'));
    expect(() => bench.ask('ada', { need: { count: 9 }, open: true })).toThrow(refused('NOT_FOUND', 'Only 3 of the 9'));
    bench.ask('ada', { suts: ['a'], open: true });
    expect(() => bench.ask('bob', { suts: ['a', 'b'], open: true, ifBusy: 'refuse' })).toThrow(refused('NOT_RESERVED', 'held by ada'));
    expect(bench.ask('bob', { suts: ['b'], open: true }).state).toBe('active');
  });
  it('makes one reservation of one id, however often it is asked', () => {
    const request = { id: '0190-one', suts: ['a'], open: true };
    expect(bench.ask('ada', request)).toEqual(bench.ask('ada', request));
    expect(bench.reservations.list({ limit: 10 })).toHaveLength(1);
  });
  it('waits in line with place, expected time and who is in the way, and moves up', () => {
    const first = bench.ask('ada', { suts: ['a'], durationMs: HOUR });
    const second = bench.ask('bob', { suts: ['a', 'b'], durationMs: HOUR });
    const third = bench.ask('cleo', { suts: ['b'], durationMs: 2 * HOUR });
    expect(second.waiting).toMatchObject({ position: 1, expected: { begin: START + HOUR }, inTheWay: [{ holder: 'ada', suts: ['a'] }] });
    expect(third.waiting).toMatchObject({ position: 2, expected: { begin: START + 2 * HOUR } });
    bench.reservations.release(first.id, ada);
    expect([state(first.id), state(second.id), state(third.id)]).toEqual(['ended', 'active', 'waiting']);
    bench.at(START + HOUR);
    expect([state(second.id), state(third.id)]).toEqual(['ended', 'active']);
  });
});

describe('the end of a hold', () => {
  it('comes at its time, shorter at will, longer only where nobody is hurt, or whom the maintainer overrules', () => {
    const hold = bench.ask('ada', { suts: ['a'], durationMs: HOUR });
    const next = bench.ask('bob', { suts: ['a'], durationMs: HOUR });
    const longer = { id: hold.id, durationMs: 2 * HOUR, open: false, overrule: false };
    expect(() => bench.reservations.changeEnd(longer, ada)).toThrow(refused('CONFLICT', 'bob'));
    expect(() => bench.reservations.changeEnd({ ...longer, overrule: true }, ada)).toThrow(refused('FORBIDDEN', 'lab'));
    expect(bench.reservations.changeEnd({ ...longer, overrule: true }, lab).end).toBe(START + 2 * HOUR);
    expect(bench.reservations.get(next.id).waiting?.expected?.begin).toBe(START + 2 * HOUR);
    expect(bench.reservations.changeEnd({ ...longer, durationMs: HOUR / 2 }, ada).end).toBe(START + HOUR / 2);
    expect(() => bench.reservations.changeEnd({ ...longer, durationMs: 0 }, ada)).toThrow(refused('BAD_REQUEST'));
    bench.at(START + HOUR / 2);
    expect([state(hold.id), state(next.id)]).toEqual(['ended', 'active']);
  });
  it('a granted hold is never overruled', () => {
    const hold = bench.ask('ada', { suts: ['a'], durationMs: HOUR });
    bench.ask('bob', { suts: ['a'], begin: START + HOUR, durationMs: HOUR });
    const longer = { id: hold.id, durationMs: 2 * HOUR, open: false, overrule: true };
    expect(() => bench.reservations.changeEnd(longer, lab)).toThrow(refused('CONFLICT', 'bob'));
  });
  it('stops the run, and is over when its lease is; until then the next one waits for the machine', () => {
    const hold = bench.ask('ada', { suts: ['a'], durationMs: HOUR });
    const next = bench.ask('bob', { suts: ['a'], begin: START + HOUR, durationMs: HOUR });
    const run = leaseTo('ada', 'a');
    const fence = findFence(bench.store, 'id-a');
    bench.at(START + HOUR);
    expect([state(hold.id), state(next.id)]).toEqual(['ending', 'granted']);
    expect(bench.deeds).toEqual([expect.stringContaining('stop ')]);
    expect(findFence(bench.store, 'id-a').token).not.toBe(fence.token);
    releaseLeases(bench.store, run);
    bench.at(START + HOUR + 1000);
    expect([state(hold.id), state(next.id)]).toEqual(['ended', 'active']);
    expect(bench.reservations.get(hold.id)).toMatchObject({ reason: { code: 'expired' }, end: START + HOUR });
  });
  it('of a machine that is kept after its run comes when its time is over, and what is in it is taken out first', async () => {
    const run = leaseTo('ada');
    bench.reservations.reserveForRun({
      suts: [{ id: 'id-a', name: 'a' }],
      starter: 'ada',
      reserve: true,
      expectedMs: null,
      runName: 'nightly',
    });
    const [kept] = bench.reservations.list({ limit: 10 });
    const id = kept?.id ?? '';
    bench.reservations.keepHoldsOfRun({ starter: 'ada', sutIds: ['id-a'], atEnd: 'powerOff' }, START + HOUR);
    bench.reservations.endHoldsOfRun(run, START);
    bench.busy.add('id-a'); // as long as its image is served or in its drive
    bench.at(START + HOUR - 1);
    expect(state(id)).toBe('active');
    expect(bench.deeds).toEqual([]);
    bench.at(START + HOUR);
    await expect.poll(() => state(id), { timeout: 20_000 }).toBe('ended');
    expect(bench.deeds).toEqual(['end use of id-a', 'power off id-a']);
    expect(bench.busy.size).toBe(0);
  });
  it('ends consoles and switches off where that is wanted, before the next one begins', async () => {
    const hold = bench.ask('ada', { suts: ['a'], durationMs: HOUR, atEnd: 'powerOff' });
    const next = bench.ask('bob', { suts: ['a'], durationMs: HOUR });
    bench.busy.add('id-a');
    bench.reservations.release(hold.id, ada);
    expect(state(hold.id)).toBe('ending');
    await expect.poll(() => state(hold.id)).toBe('ended');
    expect(bench.deeds).toEqual(['end use of id-a', 'power off id-a']);
    expect(state(next.id)).toBe('active');
  });
  it('is reminded of once, ten minutes before', () => {
    const hold = bench.ask('ada', { suts: ['a'], durationMs: HOUR });
    bench.ask('bob', { suts: ['b'], durationMs: 5 * 60_000 });
    for (const minute of [49, 50, 51, 52]) bench.at(START + minute * 60_000);
    expect(bench.told).toEqual([hold.id]);
  });
  it('goes on after a crash where it was: what has ended meanwhile ends first, then the queue', () => {
    const hold = bench.ask('ada', { suts: ['a'], durationMs: HOUR });
    const next = bench.ask('bob', { suts: ['a'], durationMs: HOUR });
    bench.close();
    bench.time.now = START + 10 * HOUR;
    bench.open();
    bench.reservations.settle();
    expect([state(hold.id), state(next.id)]).toEqual(['ended', 'active']);
    expect(bench.reservations.get(next.id).begin).toBe(START + 10 * HOUR);
  });
});

describe('who may', () => {
  it('holder and maintainer release; only the maintainer takes back, with a reason that the holder reads', () => {
    const hold = bench.ask('ada', { suts: ['a', 'b'], open: true });
    expect(() => bench.reservations.release(hold.id, bob)).toThrow(refused('FORBIDDEN', 'ada or lab'));
    expect(() => bench.reservations.force({ id: hold.id, reason: 'mine' }, bob)).toThrow(refused('FORBIDDEN', 'lab'));
    const taken = bench.reservations.force({ id: hold.id, reason: 'the rack moves' }, lab);
    expect(taken).toMatchObject({ state: 'ended', reason: { code: 'forced', message: 'Taken back by lab: the rack moves' } });
  });
  it('hands over with the same end and a new fence, not under a run', () => {
    const hold = bench.ask('ada', { suts: ['a'], durationMs: HOUR, purpose: 'soak' });
    const run = leaseTo('ada', 'a');
    expect(() => bench.reservations.handOver({ id: hold.id, to: 'bob' }, ada)).toThrow(refused('SUT_BUSY', 'nightly'));
    releaseLeases(bench.store, run);
    const fence = findFence(bench.store, 'id-a');
    const made = bench.reservations.handOver({ id: hold.id, to: 'bob' }, ada);
    expect(made).toMatchObject({ state: 'active', holder: 'bob', end: START + HOUR, purpose: 'soak' });
    expect(bench.reservations.get(hold.id)).toMatchObject({ state: 'ended', reason: { code: 'handedOver' } });
    expect(findFence(bench.store, 'id-a').number).toBeGreaterThan(fence.number);
    expect(() => bench.reservations.release(made.id, ada)).toThrow(refused('FORBIDDEN', 'bob'));
  });
});

describe('a run', () => {
  const wish = { suts: [{ id: 'id-a', name: 'a' }], starter: 'ada', reserve: true, expectedMs: null, runName: 'nightly' };
  it('needs the hold of its starter, and can reserve what is free until somebody else has it', () => {
    expect(bench.reservations.reasonsAgainst({ ...wish, reserve: false })).toMatchObject([{ code: 'NOT_RESERVED', subject: 'a' }]);
    bench.ask('bob', { suts: ['a'], begin: START + HOUR, durationMs: HOUR });
    bench.reservations.reserveForRun(wish);
    bench.reservations.tell();
    const [hold] = bench.reservations.list({ holder: 'ada', limit: 1 });
    expect(hold).toMatchObject({ state: 'active', end: START + HOUR, endsWithRuns: true, purpose: 'nightly' });
    expect(bench.reservations.reasonsAgainst({ ...wish, reserve: false })).toEqual([]);
    expect(() => bench.reservations.reserveForRun({ ...wish, starter: 'cleo' })).toThrow(refused('NOT_RESERVED', 'held by ada'));
    expect(() =>
      bench.reservations.reserveForRun({ ...wish, starter: 'cleo', suts: [{ id: 'id-b', name: 'b' }], expectedMs: HOUR }),
    ).not.toThrow();
  });
  it('gives back what was reserved for it when the last run that needs it has ended', () => {
    bench.reservations.reserveForRun(wish);
    const [one, two] = [leaseTo('ada', 'a'), leaseTo('ada')];
    bench.store.prepare("INSERT INTO run_sut (run, ordinal, sut_id, name) VALUES (?, 0, 'id-a', 'a')").run(two);
    const end = (run: number) => {
      releaseLeases(bench.store, run);
      bench.reservations.endHoldsOfRun(run, START + 1);
      bench.store.prepare("UPDATE run SET state = 'ended', ended_at = 1, verdict = 'passed' WHERE number = ?").run(run);
      bench.reservations.tell();
    };
    end(one);
    expect(bench.reservations.list({ alive: true, limit: 9 })).toHaveLength(1);
    end(two);
    expect(bench.reservations.list({ alive: true, limit: 9 })).toHaveLength(0);
  });
});

describe('a reservation that provisions at its end', () => {
  const provision = { recipe: 'virtual-media', image: 'debian 12' };
  const wish = { suts: ['a'], open: true, atEnd: 'provision' as const, provision };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  it('gives the machine to the workbench first, and to who waits when it is provisioned', async () => {
    let isOver = false;
    bench.provisioned = () => Promise.resolve({ ended: isOver, problem: null });
    const { id } = bench.ask('ada', wish);
    expect(bench.reservations.get(id)).toMatchObject({ atEnd: 'provision', provision });
    const next = bench.ask('bob', { suts: ['a'], durationMs: HOUR });
    bench.reservations.release(id, ada);
    expect(state(id)).toBe('ended');
    expect(state(next.id)).toBe('waiting');
    const [preparing] = bench.reservations.list({ holder: 'ATN Workbench', limit: 9 });
    expect(preparing).toMatchObject({ state: 'active', preparing: provision, suts: [{ name: 'a' }], atEnd: 'nothing', requestedBy: 'ada' });
    await settled();
    expect(bench.deeds).toContain('provision a with virtual-media debian 12');
    bench.at(START + 1);
    await settled();
    expect(state(next.id)).toBe('waiting');
    // Another process goes on with it.
    bench.reservations.close();
    bench.restart();
    isOver = true;
    bench.reservations.start();
    await settled();
    expect(state(next.id)).toBe('active');
    expect(bench.deeds.filter((deed) => deed.startsWith('quarantine'))).toEqual([]);
    expect(bench.reservations.list({ holder: 'ATN Workbench', alive: true, limit: 9 })).toEqual([]);
  });

  it('sets a machine aside that could not be provisioned, with the reason, before anybody else has it', async () => {
    bench.provisioned = () => Promise.reject(new Error('no such image'));
    const { id } = bench.ask('ada', wish);
    bench.reservations.release(id, ada);
    await settled();
    expect(bench.deeds).toContain('quarantine id-a');
    expect(bench.reservations.list({ alive: true, limit: 9 })).toEqual([]);
  });

  it('is refused when nobody says with what', () => {
    expect(() => bench.ask('ada', { suts: ['a'], open: true, atEnd: 'provision' })).toThrow(refused('BAD_REQUEST', 'name the recipe'));
    expect(() => bench.ask('ada', { suts: ['a'], open: true, provision })).toThrow(refused('BAD_REQUEST'));
  });
});

describe('free times and the calendar', () => {
  it('names the next times at which all are free together', () => {
    bench.ask('ada', { suts: ['a'], begin: START + HOUR, durationMs: HOUR });
    bench.ask('bob', { suts: ['b'], begin: START + 3 * HOUR, durationMs: HOUR });
    const slots = bench.reservations.freeSlots({ suts: ['a', 'b'], durationMs: HOUR, count: 3 });
    expect(slots.map(({ begin }) => (begin - START) / HOUR)).toEqual([0, 2, 4]);
  });
  it('is iCalendar in UTC with folded lines and escaped text', () => {
    bench.time.now = Date.UTC(2027, 2, 28, 0, 30);
    bench.ask('Zoë, lab; 2', { suts: ['a'], durationMs: HOUR, purpose: `line one\nline two ${'ü'.repeat(60)}` });
    const { text } = readCalendar(bench.store, { now: bench.time.now });
    expect(text).toContain('DTSTART:20270328T003000Z\r\nDTEND:20270328T013000Z\r\nSUMMARY:Zoë\\, lab\\; 2: a\r\n');
    expect(text).toContain('line one\\nline two');
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });
});
