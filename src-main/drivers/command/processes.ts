import { spawn, type ChildProcess } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { OperatorCommand } from '../endpoints.ts';
import { DriverError } from '../driver-error.ts';

/** The only place of this driver that starts and ends processes. Bytes kept of what a program says. */
const MOST = 64 * 1024;
/** Variables a program gets besides the endpoint's own: enough to find programs, and nothing of the workbench's secrets. */
const PASSED_ON = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'SystemRoot', 'PATHEXT', 'TEMP'];
const USUAL_LIMIT = 30; // s

export interface Ended {
  exitCode: number | null;
  signal: string | null;
  output: string;
}

type Environment = Record<string, string> | undefined;

/** Runs the operator's program without a shell in between; at its time limit, or when the call ends, it and what it started are killed. */
export function runProgram(command: OperatorCommand, environment: Environment, signal: AbortSignal): Promise<Ended> {
  const limit = command.limit ?? USUAL_LIMIT;
  const child = start(command, environment, 'ignore');
  let output = '';
  const keep = (chunk: Buffer) => (output = output.length < MOST ? output + chunk.toString('utf8') : output);
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return new Promise<Ended>((resolve, reject) => {
    const stop = (error: Error) => {
      killTree(child);
      reject(error);
    };
    const abort = () => stop(signal.reason as Error);
    const timer = setTimeout(
      () => stop(new DriverError('TIMEOUT', `${command.program} did not end within ${limit} s and was killed.`)),
      limit * 1000,
    );
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    signal.addEventListener('abort', abort, { once: true });
    child.once('error', (cause) => {
      over();
      reject(notStarted(command, cause));
    });
    // Its end, not that of its output: what it left running may keep that open for ever.
    child.once('exit', (exitCode, ended) => {
      over();
      setImmediate(() => resolve({ exitCode, signal: ended, output }));
    });
  });
}

/** A program whose input and output are a console. */
export async function openProgram(command: OperatorCommand, environment: Environment): Promise<Duplex> {
  const child = start(command, environment, 'pipe');
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(notStarted(command, cause)));
  });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('a console without pipes');
  stdin.on('error', () => undefined); // told by its end
  const console = Duplex.from({ readable: stdout, writable: stdin });
  console.once('close', () => killTree(child));
  return console;
}

function start({ program, args }: OperatorCommand, environment: Environment, stdin: 'ignore' | 'pipe'): ChildProcess {
  const passed = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  // A group of its own, so that what it started goes with it.
  return spawn(program, args, {
    stdio: [stdin, 'pipe', 'pipe'],
    shell: false,
    detached: process.platform !== 'win32',
    env: { ...(Object.fromEntries(passed) as NodeJS.ProcessEnv), ...environment },
  });
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function notStarted({ program }: OperatorCommand, cause: Error): DriverError {
  const code = 'code' in cause ? String(cause.code) : cause.message;
  const why = { ENOENT: 'there is no such program', EACCES: 'it may not be executed' }[code] ?? code;
  return new DriverError('BAD_REQUEST', `${program} could not be started: ${why}. Correct the endpoint.`, { cause });
}
