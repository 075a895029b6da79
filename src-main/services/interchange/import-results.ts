import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Progress } from '../../../src-shared/model/system.ts';
import { formatBytes } from '../../../src-shared/text/quantities.ts';
import { asWorkbenchError } from '../../errors.ts';
import { runFolder } from '../../robot/run-files.ts';
import { insertImportedRun } from '../../store/imported-runs.ts';
import type { RunResult } from '../../store/run-results.ts';
import { findRun } from '../../store/runs.ts';
import type { Caller } from '../caller.ts';
import { indexRunResults } from '../runs/index-run.ts';
import { findOutputs } from './find-outputs.ts';
import type { InterchangeServices } from './interchange-services.ts';

export interface ImportOptions {
  caller: Caller;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
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
  const files = await findOutputs(path);
  const outcome: ImportedResults = { imported: [], known: 0, refused: [] };
  for (const [index, file] of files.entries()) {
    if (options.signal.aborted) break;
    const say = (step: string) => {
      const many = files.length === 1 ? '' : ` (${index + 1} of ${files.length})`;
      options.onProgress({ step: `${step}${many}`, done: index, total: files.length, unit: 'files', at: services.clock.now() });
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

type OneOptions = ImportOptions & { say: (step: string) => void };

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
    const onBytes = (bytes: number) => say(`Reading ${formatBytes(bytes)} of ${formatBytes(size)}`);
    const read = await services.readOutput({ source: file, record: places.record, signal, onBytes });
    await copyFile(file, join(places.output, 'output.xml'));
    for (const name of BESIDE) await copyFile(join(dirname(file), name), join(places.output, name)).catch(() => undefined);
    say('Keeping the results');
    const results: RunResult[] = [];
    const collected = await services.jobs.collect(
      { folder, script: join(services.scripts, 'rebuild.py'), nativeBinding: services.nativeBinding ?? null },
      (some) => void results.push(...some),
      () => undefined,
    );
    signal.throwIfAborted();
    const target = join(services.runsFolder, runId);
    await rm(target, { recursive: true, force: true });
    await mkdir(services.runsFolder, { recursive: true });
    await rename(folder, target);
    const name = read.name.trim().slice(0, 200) || basename(dirname(file));
    keep(services, { runId, sha256, name, file, read, collected, results }, options.caller);
    await indexRunResults(services.store, findRun(services.store, runId)?.number ?? 0, signal);
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
  file: string;
  read: Awaited<ReturnType<InterchangeServices['readOutput']>>;
  collected: Awaited<ReturnType<InterchangeServices['jobs']['collect']>>;
  results: RunResult[];
}

function keep({ store, clock }: InterchangeServices, { runId, sha256, name, file, read, collected, results }: Made, caller: Caller): void {
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
        ...{ skippedPhases: [], phases: [], results, importedAt: clock.now(), secretsToSupply: [] },
        importedFrom: [basename(dirname(file)), basename(file)].join('/'),
      },
    ),
  )();
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
