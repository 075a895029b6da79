import type { RunRequest } from '../../../src-shared/model/run.ts';
import type { Schedule, ScheduleInput } from '../../../src-shared/model/schedule.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { newId } from '../../new-id.ts';
import type { WritableStore } from '../../store/handle.ts';
import { deleteSchedule, findSchedule, listSchedules, noteStart, saveSchedule, type ScheduleRow } from '../../store/schedules.ts';
import type { Caller } from '../caller.ts';
import { missedTimes, nextTimes } from './due-times.ts';

export interface ScheduleServices {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  startRun: (request: RunRequest, caller: Caller) => Promise<{ id: string }>;
  planName: (id: string) => string | null;
}

/** Plans that start by themselves. */
export interface Schedules {
  list(): Schedule[];
  /** `id` null makes a new one. */
  save(schedule: { id: string | null; content: ScheduleInput }, caller: Caller): Schedule[];
  remove(id: string): Schedule[];
  /** Of a schedule that is being written. */
  preview(when: { cron: string; zone: string }): number[];
  /** Starts what is due, now and from now on. */
  look(): Promise<void>;
  start(): void;
  close(): void;
}

const LOOK_EVERY_MS = 5000;
/** Later than this is missed: the workbench was not running, or the computer slept. */
const MISSED_MS = 2 * 60_000;
const SHOWN = 3;

export function createSchedules(services: ScheduleServices): Schedules {
  const { store } = services;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  const list = () => listSchedules(store).map((row) => shape(services, row));
  const look = () => (looking ??= lookOnce(services).finally(() => (looking = null)));
  return {
    list,
    save: (schedule, caller) => {
      save(services, schedule, caller);
      return list();
    },
    remove: (id) => {
      if (!deleteSchedule(store, id)) throw new WorkbenchError('NOT_FOUND', 'This schedule does not exist any more.');
      return list();
    },
    preview: (when) => nextTimes(when, services.clock.now(), SHOWN),
    look,
    start: () => {
      const tick = () => void look().catch((error: unknown) => services.log.error('schedules could not be looked at', error));
      timer = setInterval(tick, LOOK_EVERY_MS).unref();
    },
    close: () => clearInterval(timer),
  };
}

function shape({ planName, clock }: ScheduleServices, row: ScheduleRow): Schedule {
  const { dueAt, ...schedule } = row;
  const later = row.enabled && dueAt !== null ? nextTimes(row, Math.max(dueAt, clock.now()), SHOWN - 1) : [];
  return { ...schedule, planName: planName(row.planId), next: row.enabled && dueAt !== null ? [dueAt, ...later] : [] };
}

function save(services: ScheduleServices, { id, content }: { id: string | null; content: ScheduleInput }, caller: Caller): void {
  const { store, clock } = services;
  if (id !== null && findSchedule(store, id) === undefined) throw new WorkbenchError('NOT_FOUND', 'This schedule does not exist any more.');
  if (services.planName(content.planId) === null)
    throw new WorkbenchError('NOT_FOUND', 'The plan of this schedule does not exist any more.');
  const now = clock.now();
  const [dueAt = null] = nextTimes(content, now, 1);
  saveSchedule(store, { ...content, id: id ?? newId(now), by: caller.user, dueAt });
}

async function lookOnce(services: ScheduleServices): Promise<void> {
  const now = services.clock.now();
  for (const row of listSchedules(services.store)) {
    if (!row.enabled || row.dueAt === null || row.dueAt > now) continue;
    const { dueAt } = row;
    const times = row.missed === 'all' ? missedTimes(row, { dueAt, now }) : [dueAt];
    const [next = null] = nextTimes(row, Math.max(now, dueAt), 1);
    // Each moves the schedule on to the one after it: a kill in between goes on there.
    for (const [index, time] of times.entries()) await startDue(services, row, { dueAt: time, next: times[index + 1] ?? next });
  }
}

/** The request key is made of the time that was due: whatever is killed when, it starts once. */
async function startDue(
  services: ScheduleServices,
  row: ScheduleRow,
  { dueAt, next }: { dueAt: number; next: number | null },
): Promise<void> {
  const now = services.clock.now();
  const outcome = { id: row.id, dueAt: next, lastAt: now, runId: null, problem: null };
  if (now - dueAt > MISSED_MS && row.missed === 'skip') {
    noteStart(services.store, { ...outcome, problem: `${new Date(dueAt).toISOString()} was missed: the workbench was not running.` });
    return;
  }
  try {
    const { planId, conditionId, suts } = row;
    const parts = { ...(conditionId === null ? {} : { conditionId }), ...(suts.length === 0 ? {} : { suts }) };
    const { id } = await services.startRun({ planId, ...parts, requestKey: `${row.id}-${dueAt}` }, { user: row.by, origin: 'rest' });
    noteStart(services.store, { ...outcome, runId: id });
    services.log.info('a schedule has started a run', { schedule: row.id, run: id });
  } catch (error) {
    const { message, data } = asWorkbenchError(error);
    noteStart(services.store, { ...outcome, problem: [message, ...data.reasons.map((reason) => reason.message)].join(' ') });
    services.log.warn('a schedule could not start its run', { schedule: row.id, reason: message });
  }
}
