import { spawn, type ChildProcess } from 'node:child_process';
import { WorkbenchError } from '../errors.ts';

export interface ScriptRequest {
  python: string;
  /** Script and its arguments, or `-c` and a program. */
  args: readonly string[];
  signal?: AbortSignal | undefined;
  timeoutMs: number;
  /** What it does, as in "Looking for suites took longer than 60 s.". */
  title: string;
  /** Each whole line of standard output, as it comes. */
  onLine?: (line: string) => void;
  env?: NodeJS.ProcessEnv;
  /** Where it works; that of the workbench when left out. */
  folder?: string;
  /** Written to its standard input. */
  input?: string;
}

export interface ScriptResult {
  code: number | null;
  stdout: string;
  /** The end of it: enough to say what went wrong. */
  stderr: string;
}

const LONGEST_STDOUT = 512 * 1024 * 1024;
const STDERR_TAIL = 8000;

/**
 * Runs one of our Python scripts to its end in a process of its own. Answers whatever its exit code is; throws CANCELLED, TIMEOUT, or
 * PYTHON_MISSING when the interpreter cannot be started.
 */
export function runScript(request: ScriptRequest): Promise<ScriptResult> {
  return new Promise((resolve, reject) => {
    if (request.signal?.aborted === true) return void reject(cancelled(request));
    const child = start(request);
    const output = collect(child, request.onLine);
    let ended: WorkbenchError | undefined;
    const end = (reason: WorkbenchError) => {
      ended ??= reason;
      killTree(child);
    };
    const onAbort = () => end(cancelled(request));
    const timer = setTimeout(() => end(tooLong(request)), request.timeoutMs);
    request.signal?.addEventListener('abort', onAbort);
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
      finish();
    };
    child.stdin?.on('error', () => undefined); // it may end before it has read all; its exit code tells
    child.stdin?.end(request.input ?? '');
    child.on('error', (cause) => settle(() => reject(notStarted(request, cause))));
    child.on('close', (code) => settle(() => (ended === undefined ? resolve({ code, ...output() }) : reject(ended))));
  });
}

function start({ python, args, env, input, folder }: ScriptRequest): ChildProcess {
  return spawn(python, [...args], {
    ...(folder === undefined ? {} : { cwd: folder }),
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    // A group of its own, so that what the script has started (pip, uv) ends with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
    // Our folder may be read-only, and names in any language must survive whatever the locale is.
    env: { ...(env ?? process.env), PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1', PYTHONIOENCODING: 'utf-8' },
  });
}

function collect(child: ChildProcess, onLine: ((line: string) => void) | undefined): () => { stdout: string; stderr: string } {
  const chunks: string[] = [];
  let [length, rest, stderr] = [0, '', ''];
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    length += chunk.length;
    if (length > LONGEST_STDOUT) return void killTree(child);
    chunks.push(chunk);
    if (onLine === undefined) return;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr = (stderr + chunk).slice(-STDERR_TAIL)));
  return () => ({ stdout: chunks.join(''), stderr });
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32')
      spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { windowsHide: true }).on('error', () => child.kill());
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // the group is gone already
  }
}

function cancelled({ title }: ScriptRequest): WorkbenchError {
  return new WorkbenchError('CANCELLED', `${title} was cancelled.`);
}

function tooLong({ title, timeoutMs }: ScriptRequest): WorkbenchError {
  return new WorkbenchError('TIMEOUT', `${title} took longer than ${Math.round(timeoutMs / 1000)} s and was ended.`);
}

function notStarted({ python }: ScriptRequest, cause: Error): WorkbenchError {
  return new WorkbenchError(
    'PYTHON_MISSING',
    `${python} cannot be started. Install Python 3.9 or newer, or name another interpreter in Settings.`,
    {
      details: [cause.message],
      cause,
    },
  );
}
