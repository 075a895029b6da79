import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { ParseError, TestSuite } from '../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../errors.ts';

/** The form of what discover.py says; a new one makes kept discoveries old. */
export const DISCOVERY_SCHEMA = 1;

/** What Robot's parser found. The tree is believed as our own script writes it: checking each of many thousand tests would cost more than finding them. */
export interface FoundSuites {
  robotVersion: string;
  root: TestSuite;
  errors: ParseError[];
}

const Answer = z.union([
  z.object({ schema: z.literal(DISCOVERY_SCHEMA), error: z.string() }),
  z.object({ schema: z.literal(DISCOVERY_SCHEMA), failure: z.string() }),
  z.object({
    schema: z.literal(DISCOVERY_SCHEMA),
    robot: z.string(),
    root: z.custom<TestSuite>((value) => typeof value === 'object' && value !== null && 'suites' in value),
    /** The process ends after this answer. */
    last: z.boolean(),
    errors: z.array(z.object({ path: z.string(), line: z.number().nullable(), message: z.string(), fatal: z.boolean() })),
  }),
]);

export interface DiscoveryRequest {
  python: string;
  folder: string;
  /** Only these files (relative, with `/`) and the init files above them; all when left out. */
  files?: readonly string[] | undefined;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

/** While somebody edits, the next look comes soon; a warm process holds about 40 MB. */
const IDLE_MS = 10 * 60_000;

interface Helper {
  python: string;
  child: ChildProcess;
  stderr: string;
}

/**
 * Looks for suites in a process of its own that stays warm for a while: starting Python and loading Robot takes longer than parsing a file.
 * Nothing of the suites is executed or imported. One look at a time; a cancelled one ends the process, and the next begins with another.
 */
export class SuiteFinder {
  readonly #scripts: string;
  #helper: Helper | null = null;
  #idle: NodeJS.Timeout | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** `scripts`: resources/robot */
  constructor(scripts: string) {
    this.#scripts = scripts;
  }

  /** Throws ROBOT_DATA, TIMEOUT, CANCELLED, PYTHON_MISSING. */
  find(request: DiscoveryRequest): Promise<FoundSuites> {
    const before = this.#last;
    const finding = before.then(() => this.#find(request));
    this.#last = finding.catch(() => undefined);
    return finding;
  }

  /** Ends the process; a look that goes on fails. What comes later starts another one. */
  close(): void {
    this.#end();
  }

  async #find(request: DiscoveryRequest): Promise<FoundSuites> {
    if (request.signal?.aborted === true) throw cancelled();
    if (this.#idle !== null) clearTimeout(this.#idle);
    const helper = this.#warm(request.python);
    hold(helper.child, true);
    const line = await ask(helper, request).catch((error: unknown) => {
      this.#end();
      throw error;
    });
    hold(helper.child, false);
    const { last, ...found } = read(line, helper);
    // It gives back its memory after a large answer by ending: the next look finds another one warm.
    if (last) {
      this.#gone(helper);
      hold(this.#warm(request.python).child, false);
    }
    this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
    return found;
  }

  #warm(python: string): Helper {
    if (this.#helper !== null && this.#helper.python === python) return this.#helper;
    this.#end();
    const child = spawn(python, [join(this.#scripts, 'discover.py'), '--serve'], {
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      // Our folder may be read-only, and names in any language must survive whatever the locale is.
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1', PYTHONIOENCODING: 'utf-8' },
    });
    const helper: Helper = { python, child, stderr: '' };
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (helper.stderr = (helper.stderr + chunk).slice(-8000)));
    child.stdin.on('error', () => undefined); // its end says what was wrong
    child.on('error', () => this.#gone(helper));
    child.on('exit', () => this.#gone(helper));
    this.#helper = helper;
    return helper;
  }

  #gone(helper: Helper): void {
    if (this.#helper === helper) this.#helper = null;
  }

  #end(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    this.#helper?.child.kill('SIGKILL');
    this.#helper = null;
  }
}

/** A warm process does not keep ours from ending; it ends when its input does, however we end. */
function hold(child: ChildProcess, held: boolean): void {
  for (const each of [child, child.stdin, child.stdout, child.stderr]) {
    const handle = each as { ref?: () => void; unref?: () => void } | null;
    if (held) handle?.ref?.();
    else handle?.unref?.();
  }
}

function ask({ child, python }: Helper, { folder, files, signal, timeoutMs = 10 * 60_000 }: DiscoveryRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: string[] = [];
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      child.stdout?.off('data', onData);
      child.off('close', onExit);
      child.off('error', onError);
      finish();
    };
    const onData = (chunk: string) => {
      chunks.push(chunk);
      if (chunk.endsWith('\n')) settle(() => resolve(chunks.join('')));
    };
    const onExit = () => settle(() => resolve(chunks.join('')));
    const onError = (cause: Error) => settle(() => reject(notStarted(python, cause)));
    const onAbort = () => settle(() => reject(cancelled()));
    const timer = setTimeout(() => settle(() => reject(tooLong(timeoutMs))), timeoutMs);
    signal?.addEventListener('abort', onAbort);
    child.stdout?.setEncoding('utf8').on('data', onData);
    child.on('close', onExit);
    child.on('error', onError);
    child.stdin?.write(`${JSON.stringify({ root: folder, files: files ?? null })}\n`);
  });
}

function read(line: string, { stderr }: Helper): FoundSuites & { last: boolean } {
  const answer = Answer.safeParse(parseJson(line));
  if (answer.success && 'error' in answer.data) throw new WorkbenchError('ROBOT_DATA', answer.data.error);
  if (answer.success && 'root' in answer.data)
    return { robotVersion: answer.data.robot, root: answer.data.root, errors: answer.data.errors, last: answer.data.last };
  const said = answer.success && 'failure' in answer.data ? answer.data.failure : stderr;
  throw new WorkbenchError('ROBOT_DATA', 'Robot Framework could not look through these test data.', {
    details: said.trim().split('\n').slice(-20),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cancelled(): WorkbenchError {
  return new WorkbenchError('CANCELLED', 'Looking for suites was cancelled.');
}

function tooLong(timeoutMs: number): WorkbenchError {
  return new WorkbenchError('TIMEOUT', `Looking for suites took longer than ${Math.round(timeoutMs / 1000)} s and was ended.`);
}

function notStarted(python: string, cause: Error): WorkbenchError {
  return new WorkbenchError(
    'PYTHON_MISSING',
    `${python} cannot be started. Install Python 3.9 or newer, or name another interpreter in Settings.`,
    { details: [cause.message], cause },
  );
}
