import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { basename, dirname, join } from 'node:path';
import type { Progress } from '../../../src-shared/model/system.ts';
import { asWorkbenchError } from '../../errors.ts';
import { runFolder } from '../../robot/run-files.ts';
import { deleteHalfImported, insertImportedRun, setImported, STILL_COMING } from '../../store/imported-runs.ts';
import { writeResults, type RunResult } from '../../store/run-results.ts';
import { findRun } from '../../store/runs.ts';
import type { Caller } from '../caller.ts';
import { indexRunResults } from '../runs/index-run.ts';
import { findOutputs, isJson } from './find-outputs.ts';
import type { InterchangeServices } from './interchange-services.ts';

export interface ImportOptions {
  caller: Caller;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  /** What people know the file by, where its place says nothing. */
  from?: string | undefined;
}

export interface ImportedResults {
  imported: { runId: string; name: string; path: string }[];
  /** Files whose run is here already. */
  known: number;
  /** Files that could not be read, and why, each a sentence. */
  refused: { path: string; why: string }[];
}

/** Robot's other files that belong to a result, where they lie beside it. */
const BESIDE = ['log.html', 'report.html', 'xunit.xml'];

/** Takes the results of other tools' Robot runs in, each as a run of its own that nobody can change. One that is no result stops no other. */
export async function importResults(services: InterchangeServices, path: string, options: ImportOptions): Promise<ImportedResults> {
  return importFiles(services, await findOutputs(path), options);
}

async function importFiles(services: InterchangeServices, files: readonly string[], options: ImportOptions): Promise<ImportedResults> {
  const outcome: ImportedResults = { imported: [], known: 0, refused: [] };
  for (const [index, file] of files.entries()) {
    if (options.signal.aborted) break;
    const say: Say = (step, bytes) => {
      const at = services.clock.now();
      if (files.length > 1) {
        options.onProgress({ step: `${step} (${index + 1} of ${files.length})`, done: index, total: files.length, unit: 'files', at });
      } else options.onProgress({ step, done: bytes?.done ?? null, total: bytes?.total ?? null, unit: 'bytes', at });
    };
    try {
      const made = await importOne(services, file, { ...options, say });
      if (made === null) outcome.known += 1;
      else outcome.imported.push({ ...made, path: file });
    } catch (error) {
      const known = asWorkbenchError(error);
      if (known.code === 'CANCELLED' || (files.length === 1 && known.code !== 'INTERNAL')) throw known;
      outcome.refused.push({ path: file, why: known.message });
    }
  }
  return outcome;
}

type Say = (step: string, bytes?: { done: number; total: number }) => void;
type OneOptions = ImportOptions & { say: Say };

/** Null when it is here already: the same file is the same run. Its files come first, then its row. */
async function importOne(
  services: InterchangeServices,
  file: string,
  options: OneOptions,
): Promise<{ runId: string; name: string } | null> {
  const { say, signal } = options;
  say(`Looking at ${basename(file)}`);
  const sha256 = await hashOf(file, signal);
  const runId = idOf(sha256);
  if (findRun(services.store, runId) !== undefined) return null;
  await mkdir(services.scratch, { recursive: true });
  const folder = await mkdtemp(join(services.scratch, 'results-'));
  try {
    const places = runFolder(folder);
    await mkdir(places.output);
    const { size } = await stat(file);
    const onBytes = (done: number) => say('Reading', { done, total: size });
    const read = await services.readOutput({ source: file, record: places.record, signal, onBytes });
    // Of an output.json the rest of the report is made from the record, as for a run that could not write its own.
    const json = await isJson(file);
    await copyFile(file, join(places.output, json ? 'output.json' : 'output.xml'));
    for (const name of BESIDE) await copyFile(join(dirname(file), name), join(places.output, name)).catch(() => undefined);
    say('Keeping the results');
    const results: RunResult[] = [];
    const collected = await services.jobs.collect(
      {
        ...{ folder, script: join(services.scripts, 'rebuild.py'), nativeBinding: services.nativeBinding ?? null },
        python: json ? read.python : undefined,
      },
      (some) => void results.push(...some),
      () => undefined,
    );
    signal.throwIfAborted();
    const target = join(services.runsFolder, runId);
    await rm(target, { recursive: true, force: true });
    await mkdir(services.runsFolder, { recursive: true });
    await rename(folder, target);
    const name = read.name.trim().slice(0, 200) || basename(dirname(file));
    const from = options.from ?? [basename(dirname(file)), basename(file)].join('/');
    keep(services, { runId, sha256, name, from, read, collected, results }, options.caller);
    await keepResults(services, { runId, results }, signal);
    services.changes.emit('runs:imported', { ids: [runId] });
    services.changes.emit('runs:changed', { ids: [runId], removed: [] });
    return { runId, name };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Made {
  runId: string;
  sha256: string;
  name: string;
  from: string;
  read: Awaited<ReturnType<InterchangeServices['readOutput']>>;
  collected: Awaited<ReturnType<InterchangeServices['jobs']['collect']>>;
  results: RunResult[];
}

function keep({ store, clock }: InterchangeServices, { runId, sha256, name, from, read, collected, results }: Made, caller: Caller): void {
  const { counts, total, robotVersion, pythonVersion } = collected;
  const startedAt = read.startedAt ?? clock.now();
  const firstFailure = results.find(({ status }) => status === 'failed')?.message ?? null;
  store.transaction(() =>
    insertImportedRun(
      store,
      {
        ...{ id: runId, requestKey: null, name, testDataId: null, revision: sha256, suts: [], sutNames: [], sutsSha256: null },
        ...{ condition: null, startedBy: caller.user, rerunOf: null, total, createdAt: startedAt, expectedMs: null },
        request: {
          selection: { include: [], exclude: [], suites: [], tests: [] },
          options: { variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 },
          failedOnly: false,
        },
      },
      {
        verdict: read.cut === null ? (counts.failed > 0 ? 'failed' : 'passed') : 'lost',
        ...{ cause: null, counts, startedAt, endedAt: read.endedAt ?? startedAt, robotVersion, pythonVersion, rebuilt: false },
        happened: read.cut ?? firstFailure,
        failure: read.cut === null ? null : { code: 'ROBOT_DATA', message: read.cut },
        ...{ skippedPhases: [], phases: [], results: [], importedAt: STILL_COMING, secretsToSupply: [] },
        importedFrom: from,
      },
    ),
  )();
}

/** Results written at one go, in some milliseconds. */
const BATCH = 150;

/** However many there are, others have their turn in between. A run that is cancelled here is gone. */
async function keepResults(
  { store, clock, runsFolder }: InterchangeServices,
  { runId, results }: Pick<Made, 'runId' | 'results'>,
  signal: AbortSignal,
): Promise<void> {
  const number = findRun(store, runId)?.number ?? 0;
  try {
    for (let from = 0; from < results.length; from += BATCH) {
      signal.throwIfAborted();
      writeResults(store, number, results.slice(from, from + BATCH));
      await turn();
    }
  } catch (error) {
    deleteHalfImported(store, runId);
    await rm(join(runsFolder, runId), { recursive: true, force: true });
    throw error;
  }
  setImported(store, runId, clock.now());
  await indexRunResults(store, number, signal);
}

/** What a kill left by half; before the first import of a start. */
export async function forgetHalfImported({ store, runsFolder }: Pick<InterchangeServices, 'store' | 'runsFolder'>): Promise<void> {
  for (const id of deleteHalfImported(store)) await rm(join(runsFolder, id), { recursive: true, force: true });
}

async function hashOf(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { signal, highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** In the form of a uuid, version 8: made of the content, so that the same file is the same run. */
function idOf(sha256: string): string {
  return [sha256.slice(0, 8), sha256.slice(8, 12), `8${sha256.slice(13, 16)}`, `8${sha256.slice(17, 20)}`, sha256.slice(20, 32)].join('-');
}
