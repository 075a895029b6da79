import type { IssueTracker, KnownFailure, KnownFailureInput, NewTriageMark, RunTriage } from '../../../src-shared/model/triage.ts';
import { IssueTracker as IssueTrackerSchema } from '../../../src-shared/model/triage.ts';
import type { z } from 'zod';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { findRun } from '../../store/runs.ts';
import { readSettings, saveSettings } from '../../store/settings.ts';
import {
  deleteKnownFailure,
  deleteMark,
  forgetMatches,
  insertMark,
  listKnownFailures,
  listNewestEnded,
  readRunTriage,
  saveKnownFailure,
} from '../../store/triage.ts';
import type { Caller } from '../caller.ts';
import { explainRun, triageEnded } from './apply-rules.ts';
import type { TriageServices } from './triage-services.ts';

/** A new rule also looks at so many runs that ended before it. */
const LOOK_BACK = 50;
const TRACKERS = 'issueTrackers';

/** What people note on runs, and the rules that recognise known failures. */
export interface Triage {
  ofRun(runId: string): RunTriage;
  mark(mark: z.output<typeof NewTriageMark>, caller: Caller): RunTriage;
  removeMark(id: string): void;
  rules(): KnownFailure[];
  /** `id` null makes a new rule. */
  saveRule(rule: { id: string | null; content: KnownFailureInput }, caller: Caller): KnownFailure[];
  removeRule(id: string): KnownFailure[];
  trackers(): IssueTracker[];
  saveTrackers(trackers: IssueTracker[]): IssueTracker[];
  /** Sees to runs that have ended, now and from now on; `close` of the harness stops it. */
  start(): void;
  close(): void;
}

export function createTriage(services: TriageServices): Triage {
  const leaving = new AbortController();
  let working = Promise.resolve();
  const look = () => {
    working = working
      .then(() => triageEnded(services, leaving.signal))
      .catch((error: unknown) => services.log.error('known failures could not be looked for', error));
  };
  const stop: (() => void)[] = [];
  return {
    ofRun: (runId) => readRunTriage(services.store, numberOf(services, runId)),
    mark: (mark, caller) => addMark(services, mark, caller),
    removeMark: (id) => {
      const runId = deleteMark(services.store, id);
      if (runId === undefined) throw new WorkbenchError('NOT_FOUND', 'This note does not exist any more.');
      services.changes.emit('triage:changed', { runId });
    },
    rules: () => listKnownFailures(services.store),
    saveRule: (rule, caller) => saveRule(services, rule, caller),
    removeRule: (id) => {
      if (!deleteKnownFailure(services.store, id)) throw new WorkbenchError('NOT_FOUND', 'This rule does not exist any more.');
      services.changes.emit('triage:changed', { runId: null });
      return listKnownFailures(services.store);
    },
    trackers: () => readTrackers(services),
    saveTrackers: (trackers) => {
      saveSettings(services.store, { [TRACKERS]: trackers });
      services.changes.emit('triage:changed', { runId: null });
      return readTrackers(services);
    },
    start: () => {
      stop.push(services.changes.on('run:ended', look), services.changes.on('runs:imported', look));
      look();
    },
    close: () => {
      leaving.abort();
      stop.forEach((each) => each());
    },
  };
}

function numberOf({ store }: TriageServices, runId: string): number {
  const row = findRun(store, runId);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This run does not exist any more.');
  return row.number;
}

function addMark(services: TriageServices, { runId, ...mark }: z.output<typeof NewTriageMark>, caller: Caller): RunTriage {
  const run = numberOf(services, runId);
  const at = services.clock.now();
  insertMark(services.store, run, { ...mark, id: newId(at), by: caller.user, at });
  services.changes.emit('triage:changed', { runId });
  return readRunTriage(services.store, run);
}

function saveRule(
  services: TriageServices,
  { id, content }: { id: string | null; content: KnownFailureInput },
  caller: Caller,
): KnownFailure[] {
  const { store, clock } = services;
  const at = clock.now();
  if (id !== null && !listKnownFailures(store).some((rule) => rule.id === id))
    throw new WorkbenchError('NOT_FOUND', 'This rule does not exist any more.');
  store.transaction(() => {
    const rule = { ...content, id: id ?? newId(at), by: caller.user, at };
    saveKnownFailure(store, rule);
    forgetMatches(store, rule.id);
    for (const run of listNewestEnded(store, LOOK_BACK)) explainRun(services, run, [rule]);
    store
      .prepare(
        `UPDATE known_failure SET last_match_at = (SELECT max(run.ended_at) FROM known_failure_match AS m JOIN run ON run.number = m.run WHERE m.rule = @id) WHERE id = @id`,
      )
      .run({ id: rule.id });
  })();
  services.changes.emit('triage:changed', { runId: null });
  return listKnownFailures(store);
}

function readTrackers({ store }: TriageServices): IssueTracker[] {
  const kept = IssueTrackerSchema.array().safeParse(readSettings(store)[TRACKERS]);
  return kept.success ? kept.data : [];
}
