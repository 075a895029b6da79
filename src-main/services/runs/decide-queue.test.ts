import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byTurn, decideQueue, MAX_OVERTAKES, type QueuedRun, type QueueSituation } from './decide-queue.ts';

const sut = (name: string) => ({ id: `id-${name}`, name });
const run = (number: number, suts: string[], extra: Partial<QueuedRun> = {}): QueuedRun => ({
  id: `r${number}`,
  name: `run ${number}`,
  number,
  priority: 0,
  startedBy: 'anna',
  overtaken: 0,
  suts: suts.map(sut),
  ...extra,
});
const situation = (extra: Partial<QueueSituation>): QueueSituation => ({
  queued: [],
  running: 0,
  workers: 2,
  paused: false,
  leased: new Map(),
  setAside: new Map(),
  reserved: new Map(),
  ...extra,
});

describe('the queue', () => {
  it('begins nothing on a machine that is set aside, and says why', () => {
    const queued = [run(1, ['a']), run(2, ['b'])];
    const setAside = new Map([['id-a', 'a is in maintenance: New fan. ada set it aside.']]);
    expect(decideQueue(situation({ queued, setAside }))).toMatchObject({
      start: ['r2'],
      waiting: [{ id: 'r1', reason: 'Waits: a is in maintenance: New fan. ada set it aside.' }],
    });
  });
  it('takes priority first, then age', () => {
    const queued = [run(1, []), run(2, [], { priority: 1 }), run(3, [])];
    expect(decideQueue(situation({ queued }))).toEqual({
      start: ['r2', 'r1'],
      overtaken: [],
      waiting: [{ id: 'r3', position: 1, reason: 'Waits for a worker, all 2 are busy.' }],
    });
  });

  it('names what a run waits for', () => {
    const reasonOf = (extra: Partial<QueueSituation>) =>
      decideQueue(situation({ queued: [run(1, ['dl380-07'])], ...extra })).waiting[0]?.reason;
    expect(reasonOf({ leased: new Map([['id-dl380-07', 'fw-regression']]) })).toBe('Waits for dl380-07, in use by fw-regression.');
    expect(reasonOf({ reserved: new Map([['id-dl380-07', 'ben']]) })).toBe('Waits for dl380-07, reserved by ben.');
    expect(reasonOf({ running: 1, workers: 1 })).toBe('Waits for a worker, the only one is busy.');
    expect(reasonOf({ paused: true })).toBe('The queue is paused.');
    expect(reasonOf({ reserved: new Map([['id-dl380-07', 'anna']]) })).toBeUndefined();
  });

  it('never starts two runs on one SUT in the same breath', () => {
    const decision = decideQueue(situation({ queued: [run(1, ['a']), run(2, ['a', 'b'])] }));
    expect(decision.start).toEqual(['r1']);
    expect(decision.waiting[0]?.reason).toBe('Waits for a, in use by run 1.');
  });

  it('lets runs past a big one only so often, then keeps its SUTs for it', () => {
    const leased = new Map([['id-a', 'long']]);
    const big = run(1, ['a', 'b']);
    const before = decideQueue(situation({ queued: [big, run(2, ['b'])], leased }));
    expect(before).toMatchObject({ start: ['r2'], overtaken: ['r1'] });
    const after = decideQueue(situation({ queued: [{ ...big, overtaken: MAX_OVERTAKES }, run(3, ['b']), run(4, ['c'])], leased }));
    expect(after.start).toEqual(['r4']);
    expect(after.overtaken).toEqual([]);
    expect(after.waiting[1]?.reason).toBe('Waits for b, kept for run 1, which waits longer.');
  });
});

const names = ['a', 'b', 'c', 'd'];
const anyRun = fc.record({
  suts: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
  priority: fc.integer({ min: -1, max: 1 }),
  overtaken: fc.nat(4),
});
const anySituation = fc
  .record({
    runs: fc.array(anyRun, { maxLength: 8 }),
    leased: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
    running: fc.nat(3),
    workers: fc.integer({ min: 1, max: 4 }),
    paused: fc.boolean(),
  })
  .map(({ runs, leased, ...rest }) =>
    situation({
      ...rest,
      queued: runs.map(({ suts, ...extra }, index) => run(index, suts, extra)),
      leased: new Map(leased.map((name) => [`id-${name}`, 'other'])),
    }),
  );

describe('whatever the situation', () => {
  it('every run starts or waits, once; workers and SUTs are never given twice; nothing starts while paused', () => {
    fc.assert(
      fc.property(anySituation, (at) => {
        const { start, waiting } = decideQueue(at);
        expect([...start, ...waiting.map(({ id }) => id)].sort()).toEqual(at.queued.map(({ id }) => id).sort());
        expect(waiting.map(({ position }) => position)).toEqual(waiting.map((_, index) => index + 1));
        expect(start.length).toBeLessThanOrEqual(at.paused ? 0 : Math.max(0, at.workers - at.running));
        const taken = start.flatMap((id) => at.queued.find((each) => each.id === id)?.suts.map((each) => each.id) ?? []);
        expect(new Set(taken).size).toBe(taken.length);
        for (const id of taken) expect(at.leased.has(id)).toBe(false);
      }),
    );
  });

  it('the first in turn starts when its SUTs and a worker are free', () => {
    fc.assert(
      fc.property(anySituation, (at) => {
        const first = at.queued.toSorted(byTurn)[0];
        fc.pre(first !== undefined && !at.paused && at.running < at.workers && first.suts.every(({ id }) => !at.leased.has(id)));
        expect(decideQueue(at).start[0]).toBe(first?.id);
      }),
    );
  });

  it('no run of equal priority waits for ever: it starts after a bounded number of others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 60 }),
        (others) => {
          expect(startsPastBigRun(others)).toBeLessThanOrEqual(MAX_OVERTAKES);
        },
      ),
    );
  });
});

/** Runs on few SUTs stream in behind one that needs all; one job in use ends a round. How many get past it? */
function startsPastBigRun(others: string[][]): number {
  let big = run(0, names);
  let leased = new Map([['id-a', 'first']]);
  let past = 0;
  for (const [index, suts] of others.entries()) {
    const small = run(index + 1, suts);
    const { start, overtaken } = decideQueue(situation({ queued: [big, small], leased, workers: 99 }));
    if (start.includes('r0')) return past;
    if (overtaken.includes('r0')) big = { ...big, overtaken: big.overtaken + 1 };
    if (start.includes(small.id)) past += 1;
    const oldest = leased.keys().next();
    leased = new Map([...leased].filter(([id]) => leased.size > 1 && id !== oldest.value));
    for (const name of start.includes(small.id) ? suts : []) leased.set(`id-${name}`, small.name);
    if (leased.size === 0) leased.set('id-a', 'another');
  }
  return past;
}
