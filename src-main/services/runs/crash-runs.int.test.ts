import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Caller } from '../caller.ts';
import { Crash, faultyHarness, World } from './fault-bench.ts';

const anna: Caller = { user: 'anna', origin: 'desktop' };
type Harness = ReturnType<typeof faultyHarness>;

/** Two runs that share a SUT and one that needs none; one of the three is stopped at some moment. */
async function act(harness: Harness, stopped: number, afterChanges: number): Promise<void> {
  const ids: string[] = [];
  let changes = 0;
  harness.changes.on('runs:changed', () => {
    changes += 1;
    const id = ids[stopped];
    if (changes === afterChanges && id !== undefined) void harness.runs.stop({ id, now: false }, anna).catch(() => undefined);
  });
  harness.held.reservations.settle();
  await harness.runs.recover();
  for (const [index, suts] of [['a', 'b'], ['b'], []].entries()) {
    const run = await harness.runs.start({ testDataId: 'td', suts, name: `run ${index}`, requestKey: `key ${index}` }, anna);
    ids[index] = run.id;
  }
  await allEnded(harness);
}

async function allEnded(harness: Harness): Promise<void> {
  while (harness.runs.active().length > 0) {
    await new Promise<void>((resolve) => {
      const stop = harness.changes.on('runs:changed', () => {
        stop();
        resolve();
      });
    });
  }
}

/** Acts with a crash at each of `crashes` in turn, then goes on without; answers how many steps the first harness took. */
async function survive(crashes: readonly number[], stopped: number, afterChanges: number): Promise<number> {
  const world = new World();
  let first = 0;
  try {
    for (const crashAt of [...crashes, Infinity]) {
      const harness = faultyHarness(world, crashAt);
      const acting = act(harness, stopped, afterChanges).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      await Promise.race([acting, harness.crash]);
      await harness.runs.close();
      first ||= harness.steps();
      world.check();
    }
    const runs = world.runs();
    expect(runs.map(({ state }) => state)).toEqual(['ended', 'ended', 'ended']);
    for (const run of runs) expect(['passed', 'stopped']).toContain(run.verdict);
    for (const [index, run] of runs.entries()) {
      if (run.verdict === 'stopped') expect(index).toBe(stopped);
      else expect([run.passed, run.total]).toEqual([2, 2]);
    }
    for (const [folder, starts] of world.starts) expect(starts, folder).toBe(1);
    expect(world.store.prepare('SELECT * FROM lease').all()).toEqual([]);
    expect(world.store.prepare('SELECT sut_id FROM hold').all()).toEqual([]);
    return first;
  } finally {
    world.remove();
  }
}

it('is killed before and after every statement of three whole runs: each ends once, truthfully, and holds nothing', async () => {
  const steps = await survive([], 3, 1);
  expect(steps).toBeGreaterThan(150);
  for (let crashAt = 1; crashAt <= steps; crashAt += 1) await survive([crashAt], 3, 1);
}, 300_000);

it('is killed once or twice at any place while a run is stopped at any moment', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 250 }), { minLength: 1, maxLength: 2 }),
      fc.nat(2),
      fc.integer({ min: 1, max: 20 }),
      async (crashes, stopped, after) => {
        await survive(crashes, stopped, after);
      },
    ),
    { numRuns: 40 },
  );
}, 300_000);
