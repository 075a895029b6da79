import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../errors.ts';
import { runScript, type ScriptResult } from './run-script.ts';

/** An interpreter that can run suites. */
export interface RobotPython {
  python: string;
  robotVersion: string;
  pythonVersion: string;
}

const CODES = ['PYTHON_MISSING', 'ROBOT_MISSING', 'ROBOT_TOO_OLD'] as const;
const Probe = z.object({
  ok: z.boolean(),
  code: z.string().nullable(),
  error: z.string().nullable(),
  python: z.string().nullable(),
  robot: z.string().nullable(),
  executable: z.string().nullable(),
  uv: z.string().nullable(),
});
export type Probe = z.infer<typeof Probe>;
const Said = z.union([
  z.object({
    ok: z.literal(true),
    python: z.string(),
    hash: z.string(),
    robot: z.string().nullable(),
    builtMs: z.number(),
    how: z.string(),
  }),
  z.object({ ok: z.literal(false), code: z.string(), error: z.string() }),
  z.object({ step: z.string(), message: z.string() }),
]);

interface Scripts {
  /** resources/robot */
  folder: string;
  /** The Python that runs our scripts. */
  runner: string;
  signal?: AbortSignal | undefined;
}

/** What an interpreter is, also when it is of no use. */
export async function probePython(scripts: Scripts, python: string): Promise<Probe> {
  const args = [join(scripts.folder, 'environment.py'), 'probe', '--python', python];
  const result = await runScript({
    python: scripts.runner,
    args,
    signal: scripts.signal,
    timeoutMs: 45_000,
    title: `Looking at ${python}`,
  });
  const answer = Probe.safeParse(lastJson(result));
  if (!answer.success) throw unexpected(result, `${python} could not be looked at.`);
  return answer.data;
}

/** The same for an interpreter that a run is to use: throws PYTHON_MISSING, ROBOT_MISSING or ROBOT_TOO_OLD when it cannot. */
export async function needRobot(scripts: Scripts, python: string): Promise<RobotPython> {
  const { ok, code, error, robot, executable, python: version } = await probePython(scripts, python);
  if (!ok || robot === null || version === null) throw refusal(code ?? '', error ?? `${python} cannot run suites.`);
  return { python: executable ?? python, robotVersion: robot, pythonVersion: version };
}

interface EnsureRequest extends Scripts {
  /** Folder of all managed environments. */
  root: string;
  requirements: readonly string[];
  /** The uv to take where there is none on the PATH. */
  uvElse?: string | null;
  onStep?: (message: string) => void;
}

/** Makes an environment with these packages, or finds it made. Throws ENVIRONMENT_FAILED with the installer's own reason. */
export async function ensureEnvironment(
  request: EnsureRequest,
): Promise<{ python: string; robotVersion: string | null; how: string; builtMs: number }> {
  const args = [
    join(request.folder, 'environment.py'),
    'ensure',
    '--root',
    request.root,
    ...request.requirements.flatMap((each) => ['--requirement', each]),
    ...(request.uvElse == null ? [] : ['--uv', request.uvElse]),
  ];
  const result = await runScript({
    python: request.runner,
    args,
    signal: request.signal,
    timeoutMs: 15 * 60_000,
    title: 'Making the Python environment',
    onLine: (line) => {
      const said = parseLine(line);
      if (said !== undefined && 'step' in said) request.onStep?.(said.message);
    },
  });
  const answer = parseLine(result.stdout.trimEnd().split('\n').at(-1) ?? '');
  if (answer === undefined || 'step' in answer) throw unexpected(result, 'The Python environment could not be made.');
  if (!answer.ok) throw refusal(answer.code, answer.error);
  return { python: answer.python, robotVersion: answer.robot, how: answer.how, builtMs: answer.builtMs };
}

function parseLine(line: string): z.infer<typeof Said> | undefined {
  const parsed = Said.safeParse(parseJson(line));
  return parsed.success ? parsed.data : undefined;
}

function refusal(code: string, error: string): WorkbenchError {
  const known = CODES.find((each) => each === code);
  if (known !== undefined) return new WorkbenchError(known, `${error} ${REPAIRS[known]}`);
  return new WorkbenchError('ENVIRONMENT_FAILED', `The Python environment could not be made: ${firstLine(error)}`, {
    details: error.split('\n').slice(-20),
  });
}

const REPAIRS: Readonly<Record<(typeof CODES)[number], string>> = {
  PYTHON_MISSING: 'Install Python 3.9 or newer, or name another interpreter in Settings.',
  ROBOT_MISSING:
    'Install it there with "pip install robotframework", or empty "Python" in Settings: the workbench then makes an environment of its own.',
  ROBOT_TOO_OLD: 'Upgrade it there with "pip install --upgrade robotframework", or empty "Python" in Settings.',
};

function unexpected(result: ScriptResult, sentence: string): WorkbenchError {
  return new WorkbenchError('ENVIRONMENT_FAILED', sentence, {
    details: [`exit code ${result.code ?? 'none'}`, ...result.stderr.trim().split('\n').slice(-20)],
  });
}

function lastJson({ stdout }: ScriptResult): unknown {
  return parseJson(stdout.trimEnd().split('\n').at(-1) ?? '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? text;
}
