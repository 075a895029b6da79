import type { RunFacts } from '@atn/run-record/forms';
import { join } from 'node:path';
import type { Parts } from './api/part.ts';
import { recordPart } from './api/record.ts';
import { reportsPart } from './api/reports.ts';
import { runListsPart } from './api/run-list.ts';
import { runDeedsPart } from './api/runs.ts';
import type { Changes } from './changes.ts';
import { WorkbenchError } from './errors.ts';
import { runRebot } from './robot/rebot.ts';
import { runFolder } from './robot/run-files.ts';
import type { Environments } from './services/environments/default-environment.ts';
import type { HomeLayout } from './services/home/layout.ts';
import { RecordFollower } from './services/record/follow-record.ts';
import { RecordService, type RecordedRun } from './services/record/record-service.ts';
import { recordCopier } from './services/reports/copy-record.ts';
import { formWriter } from './services/reports/record-forms.ts';
import { ReportService } from './services/reports/report-service.ts';
import type { Runs } from './services/runs/create-runs.ts';
import { RunReader } from './services/runs/read-runs.ts';
import type { ReadableStore } from './store/handle.ts';
import { TIMELINE_FILE } from '../src-shared/model/timeline.ts';
import type { RunReading } from './join-remote-runs.ts';
import { findRun, toSummary, type RunRow } from './store/runs.ts';

interface Joined {
  store: ReadableStore;
  layout: HomeLayout;
  changes: Changes;
  environments: Environments;
  runs: Runs;
  nativeBinding: string | undefined;
  harnessName: () => string;
}

/** How long after a look at the list of runs the thread that reads records is started, in milliseconds. */
const WARM_AFTER = 1000;

/** Everything of runs that faces ask for: deeds, lists, records and reports. `close` ends the threads and the report server. */
export function joinReading({ store, layout, changes, environments, runs, nativeBinding, harnessName }: Joined): {
  parts: Pick<Parts, 'runs' | 'record' | 'reports'>;
  remove: (id: string) => Promise<void>;
  /** Lets go of the open record of a run. */
  release: (id: string) => Promise<void>;
  /** What a copy of a run elsewhere is made of. */
  copies: RunReading;
  figures: RunReader['figures'];
  history: RunReader['history'];
  close: () => Promise<void>;
} {
  const binding = nativeBinding ?? null;
  const need = (id: string): RunRow => findRun(store, id) ?? notThere();
  const folderOf = (id: string) => runFolder(join(layout.runs, id));
  const recorded = (id: string): RecordedRun => {
    const row = need(id);
    return { folder: folderOf(id), ended: row.state === 'ended', results: row.passed + row.failed + row.skipped };
  };

  const record = new RecordService({ findRun: recorded, nativeBinding: binding });
  // Not at once: a harness that has just come up has better things to do.
  const warm = () => setTimeout(() => record.thread.warm(), WARM_AFTER).unref();
  const reader = new RunReader({ file: layout.store, nativeBinding: binding }, warm);
  const copyRecord = recordCopier(layout.scratch, { nativeBinding: binding });
  const reports = new ReportService({
    findRun: (id) => {
      const row = need(id);
      const { output, record: recordFile } = folderOf(id);
      const facts = factsOf(row, harnessName());
      return {
        id,
        name: row.name,
        at: facts.at,
        directory: output,
        ended: row.state === 'ended',
        source: { record: recordFile, timeline: join(output, TIMELINE_FILE), facts },
      };
    },
    cache: layout.reportCache,
    rebot: async (job) => runRebot({ ...(await environments.ensureDefault()), ...job }),
    copyRecord,
    writeForm: formWriter(layout.scratch, { nativeBinding: binding }),
  });
  const stopListening = changes.on('runs:changed', ({ removed }) => removed.forEach((id) => void reports.forget(id)));
  // An open file would keep the folder of a removed run on some systems.
  const remove = async (id: string) => {
    await record.release(id);
    await runs.remove(id);
  };

  return {
    parts: {
      runs: { ...runDeedsPart({ ...runs, remove }, changes), ...runListsPart(reader) },
      record: recordPart({
        record,
        follow: (id, cursor) => new RecordFollower({ record, changes, findRun: recorded }, id, cursor),
        merged: (id) => reader.merged(need(id).id),
      }),
      reports: reportsPart(reports),
    },
    remove,
    release: (id) => record.release(id),
    copies: { lane: (id, cursor) => record.lane(id, cursor), artefacts: (id) => reports.artefacts(id), copyRecord },
    figures: (input) => reader.figures(input),
    history: reader.history,
    close: async () => {
      stopListening();
      await Promise.all([reader.close(), record.close(), reports.close()]);
    },
  };
}

function notThere(): never {
  throw new WorkbenchError('NOT_FOUND', 'This run does not exist any more.');
}

function factsOf(row: RunRow, harness: string): RunFacts {
  const { id, name, suts, condition, startedBy, plan, startedAt, createdAt, verdict, state, happened } = toSummary(row);
  return {
    id,
    name,
    suts,
    condition,
    startedBy,
    harness,
    plan: plan?.name ?? null,
    at: startedAt ?? createdAt,
    verdict: verdict ?? state,
    happened,
  };
}
