import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Where things are in the folder of one run. The supervisor (resources/robot/README.md) writes what it says, the harness the rest. */
export interface RunFolder {
  folder: string;
  spec: string;
  supervisor: string;
  stop: string;
  /** How the keyword library of this run reaches the harness; there only while the run may. */
  access: string;
  exit: string;
  record: string;
  console: string;
  /** What Robot writes: the report. */
  output: string;
  /** Where the files of the revision are: Robot's working directory, named as discovery names it, so that suites have the same long names. */
  data: string;
  workspace: string;
  argumentFile: string;
  exclusions: string;
  /** Long names of tests in the order to run them in. */
  order: string;
  /** What the supervisor itself had to say, should it not come to life. */
  supervisorLog: string;
}

export function runFolder(folder: string): RunFolder {
  const workspace = join(folder, 'workspace');
  return {
    folder,
    spec: join(folder, 'spec.json'),
    supervisor: join(folder, 'supervisor.json'),
    stop: join(folder, 'stop.json'),
    access: join(folder, 'access.json'),
    exit: join(folder, 'exit.json'),
    record: join(folder, 'record.db'),
    console: join(folder, 'console.log'),
    output: join(folder, 'output'),
    data: join(workspace, 'suites'),
    workspace,
    argumentFile: join(workspace, 'arguments.txt'),
    exclusions: join(workspace, 'exclusions.json'),
    order: join(workspace, 'order.json'),
    supervisorLog: join(folder, 'supervisor.log'),
  };
}

/** spec.json: all that the supervisor is told. */
export interface RunSpec {
  schema: 1;
  runId: string;
  python: string;
  runDir: string;
  workspace: string;
  /** Robot's working directory. */
  workingDirectory: string;
  argumentFile: string;
  sources: string[];
  environment: Record<string, string>;
  timeLimitSeconds: number | null;
  silenceLimitSeconds: number | null;
  stopGraceSeconds: number;
  secondGraceSeconds: number;
  secretsPipe: boolean;
}

export interface StopFile {
  requestedAt: number;
  by: string;
  reason: string;
  now: boolean;
}

const StopStep = z.enum(['asked', 'askedAgain', 'killing']);

const SupervisorFile = z.object({
  pid: z.number().int(),
  startTicks: z.number().int().nullable(),
  state: z.enum(['starting', 'running', 'stopping', 'ended']),
  robotPid: z.number().int().nullable(),
  robotStartTicks: z.number().int().nullable().default(null),
  heartbeatAt: z.number(),
  stop: z
    .object({ requestedAt: z.number(), by: z.string(), reason: z.string(), step: StopStep, nextStepAt: z.number().nullable() })
    .nullable(),
  limit: z.enum(['timeLimit', 'silenceLimit']).nullable(),
});
export type SupervisorFile = z.infer<typeof SupervisorFile>;

const ExitFile = z.object({
  endedAt: z.number(),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  how: z.enum(['exited', 'stopped', 'timeLimit', 'silenceLimit', 'startFailed']),
  stopRequestedAt: z.number().nullable(),
  stopStep: StopStep.nullable(),
  killedProcesses: z.number().int(),
  error: z.string().nullable(),
  recordRows: z.number().int().nullable(),
});
export type ExitFile = z.infer<typeof ExitFile>;

/** Null while there is none, or when it is not what a supervisor writes. */
export const readSupervisorFile = (file: string) => readParsed(file, SupervisorFile);
export const readExitFile = (file: string) => readParsed(file, ExitFile);

async function readParsed<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Another process sees the whole file or none of it, also after a power cut. */
export async function writeWhole(file: string, text: string, mode = 0o666): Promise<void> {
  const partial = join(dirname(file), `.${randomBytes(6).toString('hex')}.partial`);
  try {
    const handle = await open(partial, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

export const writeSpec = (folder: RunFolder, spec: RunSpec) => writeWhole(folder.spec, JSON.stringify(spec, null, 2));
export const writeStopFile = (folder: RunFolder, stop: StopFile) => writeWhole(folder.stop, JSON.stringify(stop));

/** access.json: read by the keyword library ATN at each call, by nobody else. */
export interface AccessFile {
  schema: 1;
  /** Address to which the name of a request is added. */
  url: string;
  /** Secret, and worth something only as long as this harness lives and the run goes on. */
  token: string;
}
export const writeAccessFile = (folder: RunFolder, access: AccessFile) => writeWhole(folder.access, JSON.stringify(access), 0o600);
export const removeAccessFile = (folder: RunFolder) => rm(folder.access, { force: true });

/** The interpreter that a run was written for. Throws when spec.json is missing or damaged. */
export async function readSpecPython({ spec }: RunFolder): Promise<string> {
  return z.object({ python: z.string() }).parse(JSON.parse(await readFile(spec, 'utf8'))).python;
}
