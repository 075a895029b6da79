import type { LaneCursor, LanePart } from '@atn/run-record';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Artefact } from '../src-shared/model/run.ts';
import { runFolder } from './robot/run-files.ts';
import type { CollectedFile, RemoteRunDeeds } from './services/hub/runs/remote-run-services.ts';
import type { CopyRecord } from './services/reports/zip-report.ts';
import { addLibrary } from './services/libraries/add-library.ts';
import type { LibraryServices } from './services/libraries/library-services.ts';
import type { Runs } from './services/runs/create-runs.ts';
import { importTestData } from './services/test-data/import-test-data.ts';
import type { TestDataServices } from './services/test-data/test-data-services.ts';
import { findRun } from './store/runs.ts';
import { listRevisions } from './store/test-data-history.ts';

/** Reading of runs, as far as the hub needs it. */
export interface RunReading {
  lane(runId: string, cursor: LaneCursor): Promise<LanePart | null>;
  artefacts(runId: string): Promise<Artefact[]>;
  copyRecord: CopyRecord;
}

interface Joined {
  runs: Runs;
  runsFolder: string;
  reading: RunReading;
  brought: {
    testData: { services: TestDataServices };
    packages: { libraries: LibraryServices };
    images: { forRemoteRuns: Pick<RemoteRunDeeds, 'findImage' | 'importImage'> };
    provisioning: { timelineWritten(runId: string): Promise<void> };
  };
}

/** What runs from afar need, each from where it is done for everybody. */
export function joinRemoteRuns({ runs, brought, runsFolder, reading }: Joined): RemoteRunDeeds {
  const folderOf = (runId: string) => runFolder(join(runsFolder, runId));
  const testData = brought.testData.services;
  const { store } = testData;
  return {
    start: (request, caller) => runs.start(request, caller),
    rerun: (request, caller) => runs.rerun(request, caller),
    stop: (request, caller) => runs.stop(request, caller),
    find: (runId) => (findRun(store, runId) === undefined ? undefined : runs.get(runId)),
    importZip: async ({ path, name, place }, caller) => {
      const source = { kind: 'zip' as const, place };
      const signal = new AbortController().signal;
      const { testData: known } = await importTestData(testData, { path, name, source, caller, signal, onProgress: () => undefined });
      return { testDataId: known.id, revision: known.newest.hash };
    },
    addLibrary: async (from, caller) => {
      const spec = 'wheel' in from ? { from: 'path' as const, path: from.wheel } : { from: 'requirement' as const, ...from };
      const { library, versionId } = await addLibrary(brought.packages.libraries, spec, { caller });
      return { libraryId: library.id, versionId };
    },
    ...brought.images.forRemoteRuns,
    hasRevision: (id, revision) => listRevisions(store, id).some(({ hash }) => hash === revision),
    lane: (runId, cursor) => reading.lane(runId, cursor),
    consoleFile: (runId) => folderOf(runId).console,
    collect: async (runId) => {
      await brought.provisioning.timelineWritten(runId);
      return collect(reading, runId, folderOf(runId));
    },
  };
}

/** The report, and beside it the record as one file and the console. */
async function collect(reading: RunReading, runId: string, { output, record, console }: ReturnType<typeof runFolder>) {
  const files: CollectedFile[] = [];
  for (const artefact of await reading.artefacts(runId))
    if (artefact.sha256 !== null)
      files.push({ artefact: { ...artefact, sha256: artefact.sha256 }, file: join(output, ...artefact.path.split('/')) });
  const copy = existsSync(record) ? await reading.copyRecord(record) : null;
  if (copy !== null) files.push(await describe('record.db', 'record', copy.file));
  if (existsSync(console)) files.push(await describe('console.txt', 'console', console));
  return { files, dispose: copy?.dispose ?? (() => Promise.resolve()) };
}

async function describe(path: string, kind: Artefact['kind'], file: string): Promise<CollectedFile> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { artefact: { path, kind, size: (await stat(file)).size, sha256: hash.digest('hex') }, file };
}
