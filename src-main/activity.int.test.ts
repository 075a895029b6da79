import { createRouterClient } from '@orpc/server';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { composeHarness } from './compose.ts';
import type { Harness, HarnessOptions } from './harness.ts';
import { metricsText } from './loopback/metrics.ts';

const place = mkdtempSync(join(tmpdir(), 'atn-activity-'));
const context = { caller: { user: 'ada', origin: 'desktop' } } as const;
const options: HarnessOptions = {
  ...{ home: join(place, 'home'), appVersion: '1.2.3' },
  face: 'headless',
  resources: join(import.meta.dirname, '../resources'),
};
let harness: Harness;
const clientOf = () => createRouterClient(harness.router, { context });

beforeAll(async () => {
  mkdirSync(join(place, 'suites'));
  const suite = '*** Test Cases ***\nWaits\n    Sleep    6s\nNever Holds\n    Should Be Equal    ${1}    ${2}\n';
  writeFileSync(join(place, 'suites/wait.robot'), suite);
  harness = await composeHarness(options);
}, 60_000);
afterAll(async () => {
  await harness.close();
  rmSync(place, { recursive: true, force: true, maxRetries: 10 });
});

async function importSuites(): Promise<string> {
  for await (const event of await clientOf().testData.importPath({ path: join(place, 'suites') }))
    if (event.type === 'done') return event.testData.id;
  throw new Error('nothing was imported');
}

it(
  'S5: shows queue, workers and processes, moves and pauses, and keeps pause, order and number of workers over a restart',
  { timeout: 180_000 },
  async () => {
    const testDataId = await importSuites();
    await clientOf().system.pauseQueue({ paused: true });
    await clientOf().system.updateSettings({ workers: 1 });
    for (const name of ['first', 'second', 'third']) await clientOf().runs.start({ testDataId, name });
    const before = await clientOf().activity.now();
    expect(before).toMatchObject({ paused: true, workers: 1, active: [] });
    expect(before.queue.map(({ name }) => name)).toEqual(['first', 'second', 'third']);
    expect(before.queue[0]?.happened).toBe('The queue is paused.');
    const moved = await clientOf().activity.move({ id: before.queue[2]?.id ?? '', position: 1 });
    expect(moved.map(({ name, queuePosition }) => [name, queuePosition])).toEqual([['third', 1], ['first', 2], ['second', 3]]); // prettier-ignore

    await harness.close();
    harness = await composeHarness(options);
    const after = await clientOf().activity.now();
    expect(after).toMatchObject({ paused: true, workers: 1 });
    expect(after.queue.map(({ name }) => name)).toEqual(['third', 'first', 'second']);

    for (const { id } of after.queue.slice(1)) await clientOf().runs.stop({ id });
    await clientOf().system.pauseQueue({ paused: false });
    const third = after.queue[0]?.id ?? '';
    await vi.waitFor(
      async () => {
        const { active } = await clientOf().activity.now();
        expect(active[0]?.run.id).toBe(third);
        expect(active[0]?.processes.map(({ name }) => name).join()).toMatch(/supervisor\.py.*atn_robot\.py/u);
        expect(active[0]?.usage.at(-1)?.memory).toBeGreaterThan(1_000_000);
      },
      { timeout: 120_000, interval: 300 },
    );
    expect(await metricsText(harness.router, context)).toMatch(
      /atn_runs_active 1\n[\s\S]*atn_run_memory_bytes\{run="[^"]+",name="third"\} \d+/u,
    );
    await vi.waitFor(async () => expect((await clientOf().runs.get({ id: third })).state).toBe('ended'), {
      timeout: 60_000,
      interval: 300,
    });
    await vi.waitFor(async () => expect(await clientOf().activity.usage({ id: third })).not.toEqual([]));
    await expect(clientOf().activity.move({ id: third, position: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
    const figures = await clientOf().activity.figures({ span: 'hour' });
    expect(figures.kinds[0]).toMatchObject({ kind: 'run', done: 3, failed: 1 });

    const history = await clientOf().history.of({ kind: 'name', key: 'third' });
    expect(history).toMatchObject({ counts: { failed: 1 }, failing: { runs: 1 } });
    expect(history.clusters).toMatchObject([{ count: 1 }]);
    const { facts, tests } = await clientOf().history.compare({ ids: [third, after.queue[1]?.id ?? ''] });
    expect(facts.filter(({ differs }) => differs).map(({ name }) => name)).toContain('Name');
    expect(tests.map(({ outcomes }) => outcomes[1])).toEqual([null, null]);
    await expect(clientOf().history.compare({ ids: [third] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  },
);
