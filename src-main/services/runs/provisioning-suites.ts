import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkbenchError } from '../../errors.ts';
import { writeArgumentFile } from '../../robot/command-line.ts';
import { runFolder, writeSpec, writeStopFile, type RunFolder } from '../../robot/run-files.ts';
import { findRun, librariesOf, type RunRow } from '../../store/runs.ts';
import type { Collected, CollectedResult, Supervised } from '../../workers/run-messages.ts';
import { secretsOf } from './bound-suts.ts';
import { folderOf, type Conducting } from './conducting.ts';
import type { ProvisioningSuites, RunServices, SuiteTask } from './run-services.ts';
import { SECOND_GRACE, searchPath, writeBoth, writeSuts, writeVariables } from './write-workspace.ts';

/** Robot may go on tearing down so long when its supervisor was killed, ms. */
const ORPHAN_GRACE_MS = 30_000;

type At = Pick<SuiteTask, 'sut' | 'ordinal'>;

/**
 * Robot suites as steps of a recipe. Each is supervised like a run, in a folder of its own in that of the run: it has a time limit, can be stopped, goes
 * on while the harness starts anew, and what Robot writes about it becomes part of the report of the run.
 */
export function provisioningSuites(conducting: Conducting, row: RunRow): ProvisioningSuites {
  const { services } = conducting;
  return {
    run: async (task) => {
      const folder = suiteFolder(services, row, task);
      await endSuite(conducting, row, folder);
      await rm(folder.folder, { recursive: true, force: true });
      const python = await write(conducting, row, { ...task, folder });
      return watch(conducting, row, { ...task, folder, python, secrets: await secretsOf(services, row) });
    },
    goOn: async (task) => {
      const folder = suiteFolder(services, row, task);
      return existsSync(folder.spec) ? watch(conducting, row, { ...task, folder, python: '', secrets: null }) : null;
    },
    end: async (sutId) => {
      for (const folder of await listSuites(services, row.id)) if (folder.folder.includes(sutId)) await endSuite(conducting, row, folder);
    },
  };
}

/** Whatever of them still runs is stopped; resolves when nothing of them acts on a machine any more. */
export async function endSuites(conducting: Conducting, row: RunRow): Promise<void> {
  for (const folder of await listSuites(conducting.services, row.id)) await endSuite(conducting, row, folder);
}

/** Brings a stop that is in the store to suites that run; again and again does no harm. */
export async function stopSuites(services: RunServices, id: string): Promise<void> {
  for (const folder of await listSuites(services, id)) await stopSuite(services, id, folder);
}

const suitesFolder = (services: RunServices, id: string): string => join(folderOf(services, id), 'suites');
const suiteFolder = (services: RunServices, row: RunRow, { sut, ordinal }: At): RunFolder =>
  runFolder(join(suitesFolder(services, row.id), `${sut.id}-${ordinal}`));

async function listSuites(services: RunServices, id: string): Promise<RunFolder[]> {
  const names = await readdir(suitesFolder(services, id)).catch(() => []);
  return names.map((name) => runFolder(join(suitesFolder(services, id), name))).filter(({ spec }) => existsSync(spec));
}

async function stopSuite(services: RunServices, id: string, folder: RunFolder): Promise<void> {
  if (existsSync(folder.exit)) return;
  const row = findRun(services.store, id);
  const [by, reason] = [row?.stop_by ?? 'the harness', row?.stop_reason ?? 'Provisioning has ended.'];
  await writeStopFile(folder, { requestedAt: row?.stop_requested_at ?? services.clock.now(), by, reason, now: row?.stop_now === 1 });
}

async function endSuite(conducting: Conducting, row: RunRow, folder: RunFolder): Promise<void> {
  if (!existsSync(folder.supervisor) || existsSync(folder.exit)) return;
  await stopSuite(conducting.services, row.id, folder);
  await supervise(conducting, folder, { python: '', secrets: null });
}

/** Everything that Robot is started with, spec.json last. Answers the Python of the run. */
async function write(conducting: Conducting, row: RunRow, task: SuiteTask & { folder: RunFolder }): Promise<string> {
  const { services, cancel, leaving } = conducting;
  const { folder, sut, suite, limitMs } = task;
  const options = { signal: AbortSignal.any([cancel, leaving]), onProgress: () => undefined };
  const environment = await services.ensureEnvironment(librariesOf(row), options);
  const run = runFolder(folderOf(services, row.id));
  await mkdir(folder.workspace, { recursive: true });
  await mkdir(folder.output);
  const variables = await writeVariables(services, row, folder);
  await writeBoth(folder, 'vars', { ...variables, ...task.variables, SUT: sut.name });
  await writeSuts(services, row, folder);
  const selection = { include: [], exclude: [], suites: [], tests: [] };
  const { text } = writeArgumentFile({ suiteName: null, selection, variables: [], robotOptions: [], outputDirectory: folder.output });
  await writeFile(folder.argumentFile, text);
  await writeSpec(folder, {
    schema: 1,
    runId: row.id,
    python: environment.python,
    runDir: folder.folder,
    workspace: folder.workspace,
    workingDirectory: run.data,
    argumentFile: folder.argumentFile,
    sources: [join(run.data, ...suite.split('/'))],
    environment: { ATN_RUN: row.id, ATN_ACCESS: run.access, ...searchPath(environment.pythonPath) },
    timeLimitSeconds: limitMs / 1000,
    silenceLimitSeconds: null,
    stopGraceSeconds: services.settings().stopGraceSeconds,
    secondGraceSeconds: SECOND_GRACE,
    secretsPipe: (await secretsOf(services, row)) !== null,
  });
  return environment.python;
}

interface Started {
  folder: RunFolder;
  python: string;
  secrets: string | null;
}

/** Resolves with what came of it, in words; throws what failed. A stop ends it first: its tear-down is the machine's. */
async function watch(conducting: Conducting, row: RunRow, task: SuiteTask & Started): Promise<string> {
  const { services, leaving, live } = conducting;
  const { folder, sut, signal } = task;
  const stop = (): void => {
    stopSuite(services, row.id, folder).catch((error: unknown) =>
      services.log.error('a suite of a provisioning could not be stopped', error, { run: row.id }),
    );
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const say = (test: string): void => live.set(row, { note: `${sut.name}: ${test}` });
  const supervised = await supervise(conducting, { ...folder, say }, task).finally(() => signal.removeEventListener('abort', stop));
  if (supervised.how === 'left' || leaving.aborted) throw new WorkbenchError('CANCELLED');
  if (supervised.how === 'notStarted') throw new WorkbenchError('PYTHON_MISSING', supervised.message);
  const failed: CollectedResult[] = [];
  const collected = await collect(services, folder, failed);
  await intoReport(services, row, task);
  signal.throwIfAborted();
  const problem = problemOf(supervised, { task, collected, failed });
  if (problem !== null) throw new WorkbenchError('PROVISIONING_FAILED', problem);
  return `${collected.counts.passed} passed.`;
}

function supervise(
  { services, leaving }: Conducting,
  { folder, say }: Pick<RunFolder, 'folder'> & { say?: (test: string) => void },
  { python, secrets }: Pick<Started, 'python' | 'secrets'>,
): Promise<Supervised> {
  const task = {
    ...{ folder, python, secrets, graceMs: ORPHAN_GRACE_MS },
    script: join(services.scripts, 'supervisor.py'),
    nativeBinding: services.nativeBinding ?? null,
  };
  const onMessage: Parameters<RunServices['jobs']['supervise']>[1] = (message) => {
    if (message.type === 'progress' && message.test !== null) say?.(message.test);
  };
  return services.jobs.supervise(task, onMessage, leaving);
}

function collect(services: RunServices, { folder }: RunFolder, failed: CollectedResult[]): Promise<Collected> {
  const task = { folder, script: join(services.scripts, 'rebuild.py'), nativeBinding: services.nativeBinding ?? null };
  return services.jobs.collect(
    task,
    (results) => void failed.push(...results.filter(({ status }) => status === 'failed')),
    (error) => services.log.error('results of a suite of a provisioning could not be read', error),
  );
}

/** Where people find it beside the report of the tests: `provisioning/node-1-3` for the third step of node-1. */
async function intoReport(services: RunServices, row: RunRow, { folder, sut, ordinal }: At & { folder: RunFolder }): Promise<void> {
  if (!existsSync(folder.output)) return; // it is there already
  const reports = join(runFolder(folderOf(services, row.id)).output, 'provisioning');
  const place = join(reports, `${sut.name.replaceAll(/[^\p{L}\p{N}._-]/gu, '_')}-${ordinal + 1}`);
  await mkdir(reports, { recursive: true });
  await rm(place, { recursive: true, force: true });
  await rename(folder.output, place);
}

function problemOf(
  supervised: Exclude<Supervised, { how: 'left' | 'notStarted' }>,
  { task, collected, failed }: { task: SuiteTask; collected: Collected; failed: readonly CollectedResult[] },
): string | null {
  if (supervised.how === 'vanished') return 'The process that supervised the suite was killed.';
  const { how, exitCode, error } = supervised.exit;
  if (how === 'timeLimit') return `The suite took longer than ${Math.round(task.limitMs / 1000)} s and was ended.`;
  if (how === 'startFailed') return error ?? 'Robot Framework could not be started.';
  if (how === 'exited' && exitCode === 0) return null;
  const [first, ...more] = failed;
  if (first === undefined) return collected.robotError ?? `Robot Framework ended with ${exitCode ?? 'a signal'}.`;
  return `${first.longName}: ${first.message ?? 'failed'}${more.length === 0 ? '' : ` And ${more.length} more failed.`}`;
}
