import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ScheduleInput } from '../../../src-shared/model/schedule.ts';
import { Changes } from '../../changes.ts';
import { WorkbenchError } from '../../errors.ts';
import { openStore } from '../../store/open.ts';
import type { Caller } from '../caller.ts';
import { missedTimes, nextTimes } from './due-times.ts';
import { createSchedules, type ScheduleServices } from './schedules.ts';

const ada: Caller = { user: 'ada', origin: 'cli' };
const HOUR = 3_600_000;
const content = ScheduleInput.parse({ name: 'Nightly', cron: '30 2 * * *', zone: 'UTC', planId: 'plan', suts: ['rack-1'] });
const at = (day: number, hour: number, minute = 0) => Date.UTC(2026, 10, day, hour, minute);

let folder: string;
let store: ReturnType<typeof openStore>;
let now: number;
const startRun = vi.fn<ScheduleServices['startRun']>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atn-schedules-'));
  store = openStore({ file: join(folder, 'harness.db'), backups: folder, now: 1 });
  now = at(1, 0);
  startRun.mockReset().mockImplementation((request) => Promise.resolve({ id: `run of ${request.requestKey ?? ''}` }));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});
const create = () =>
  createSchedules({
    ...{ store: store.write, changes: new Changes(), clock: { now: () => now }, startRun },
    log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
    planName: (id) => (id === 'plan' ? 'Power' : null),
  });

it('starts the plan when it is due, once, as the one who made it, and says what comes next', async () => {
  const schedules = create();
  expect(schedules.save({ id: null, content }, ada)).toMatchObject([
    { planName: 'Power', next: [at(1, 2, 30), at(2, 2, 30), at(3, 2, 30)] },
  ]);
  await schedules.look();
  expect(startRun).not.toHaveBeenCalled();
  now = at(1, 2, 30);
  await Promise.all([schedules.look(), schedules.look()]);
  await schedules.look();
  const id = schedules.list()[0]?.id ?? '';
  expect(startRun.mock.calls).toEqual([
    [
      { planId: 'plan', suts: ['rack-1'], requestKey: `${id}-${at(1, 2, 30)}` },
      { user: 'ada', origin: 'rest' },
    ],
  ]);
  expect(schedules.list()[0]).toMatchObject({
    lastAt: now,
    lastRunId: `run of ${id}-${at(1, 2, 30)}`,
    problem: null,
    next: [at(2, 2, 30), at(3, 2, 30), at(4, 2, 30)],
  });
});

it('skips what was missed while nothing ran, or starts it once when it is wanted', async () => {
  create().save({ id: null, content }, ada);
  create().save({ id: null, content: { ...content, name: 'Weekly', missed: 'once' } }, ada);
  now = at(4, 9);
  const schedules = create();
  await schedules.look();
  expect(startRun).toHaveBeenCalledTimes(1);
  expect(schedules.list()).toMatchObject([
    {
      name: 'Nightly',
      lastRunId: null,
      problem: expect.stringContaining('was missed') as string,
      next: [at(5, 2, 30), at(6, 2, 30), at(7, 2, 30)],
    },
    { name: 'Weekly', problem: null },
  ]);
});

it('makes up for what was missed where that is wanted, also after a start that was refused', async () => {
  create().save({ id: null, content: { ...content, missed: 'all' } }, ada);
  now = at(4, 9);
  const dues = [at(1, 2, 30), at(2, 2, 30), at(3, 2, 30), at(4, 2, 30)];
  const schedules = create();
  const id = schedules.list()[0]?.id ?? '';
  startRun.mockImplementation((request) => {
    if (request.requestKey === `${id}-${at(3, 2, 30)}`) throw new Error('refused');
    return Promise.resolve({ id: 'run' });
  });
  await schedules.look();
  expect(startRun.mock.calls.map(([{ requestKey }]) => requestKey)).toEqual(dues.map((due) => `${id}-${due}`));
  expect(schedules.list()[0]).toMatchObject({ problem: null, next: [at(5, 2, 30), at(6, 2, 30), at(7, 2, 30)] });
});

it('makes up for the newest ten at most, and for none that is older than a week', () => {
  const minutes = missedTimes({ cron: '* * * * *', zone: 'UTC' }, { dueAt: at(1, 0), now: at(20, 9) });
  expect(minutes).toEqual(Array.from({ length: 10 }, (_, index) => at(20, 8, 51 + index)));
  expect(missedTimes({ cron: '0 3 * * *', zone: 'UTC' }, { dueAt: at(1, 3), now: at(20, 9) })).toEqual(
    [14, 15, 16, 17, 18, 19, 20].map((day) => at(day, 3)),
  );
  expect(missedTimes({ cron: '0 3 * * *', zone: 'UTC' }, { dueAt: at(20, 3), now: at(20, 3) })).toEqual([at(20, 3)]);
});

it('keeps why a start was refused, and goes on with the next time', async () => {
  startRun.mockRejectedValueOnce(
    new WorkbenchError('PREFLIGHT_FAILED', 'The run cannot start.', {
      reasons: [{ code: 'NOT_RESERVED', message: 'rack-1 is held by Bo.', subject: 'rack-1' }],
    }),
  );
  const schedules = create();
  schedules.save({ id: null, content }, ada);
  now = at(1, 2, 31);
  await schedules.look();
  expect(schedules.list()[0]).toMatchObject({
    problem: 'The run cannot start. rack-1 is held by Bo.',
    next: [at(2, 2, 30), at(3, 2, 30), at(4, 2, 30)],
  });
  now = at(2, 2, 30);
  await schedules.look();
  expect(schedules.list()[0]).toMatchObject({ problem: null });
});

it('follows the clock of its zone when summer time begins and ends', () => {
  const berlin = { cron: '30 2 * * *', zone: 'Europe/Berlin' };
  // On 2026-03-29 there is no 2:30 in Berlin; on 2026-10-25 there are two.
  const spring = nextTimes(berlin, Date.UTC(2026, 2, 28, 12), 2);
  expect(spring[1]).toBe(Date.UTC(2026, 2, 30, 0, 30));
  const autumn = nextTimes(berlin, Date.UTC(2026, 9, 24, 12), 2);
  expect((autumn[1] ?? 0) - (autumn[0] ?? 0)).toBeGreaterThanOrEqual(24 * HOUR);
  expect(autumn[1]).toBe(Date.UTC(2026, 9, 26, 1, 30));
});

it.each([
  ['61 * * * *', 'UTC'],
  ['* * * * * *', 'UTC'],
  ['every night', 'UTC'],
  ['0 2 * * *', 'Nowhere/At_All'],
])('refuses %s in %s with a sentence', (cron, zone) => {
  expect(() => nextTimes({ cron, zone }, 0, 1)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }) as Error);
});
