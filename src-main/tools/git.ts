import { spawn, type ChildProcess } from 'node:child_process';
import { WorkbenchError } from '../errors.ts';
import { gitProblem } from './git-problem.ts';

export interface GitCall {
  args: readonly string[];
  /** Folder to work in; the folder of a repository that belongs to us. */
  folder: string;
  signal: AbortSignal;
  timeoutMs?: number;
  /** Each line of standard error as it comes; git ends those of progress by a carriage return. */
  onLine?: (line: string) => void;
}

const LONGEST_ANSWER = 256 * 1024 * 1024;
const LONGEST_MS = 60 * 60_000;

/**
 * What holds for every call: nothing may ask a person, run a hook, follow a submodule or speak another protocol than these; no filter of
 * the user's runs because nothing is ever checked out. A transfer that stands still for a minute is over.
 */
const SAFE = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['protocol.allow', 'never'],
  ['protocol.https.allow', 'always'],
  ['protocol.ssh.allow', 'always'],
  ['protocol.file.allow', 'always'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['fetch.fsckObjects', 'true'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '60'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** What the caller's own git session may have left in the environment, and would lead this one elsewhere. */
const NOT_OURS =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|TEMPLATE_DIR|EXTERNAL_DIFF|PREFIX|TRACE.*)$/u;

/** Runs the system's git to its end and answers its output. Throws BAD_REQUEST with a sentence for a person, TIMEOUT or CANCELLED. */
export async function runGit(call: GitCall): Promise<Buffer> {
  const child = startGit(call);
  const chunks: Buffer[] = [];
  let length = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > LONGEST_ANSWER) end(child);
    else chunks.push(chunk);
  });
  await overOf(child, call);
  return Buffer.concat(chunks);
}

/** Starts git with the same care, for whoever talks to it; `overOf` says how it ended. */
export function startGit({ args, folder }: Pick<GitCall, 'args' | 'folder'>, input: 'pipe' | 'ignore' = 'ignore'): ChildProcess {
  return spawn('git', [...SAFE, ...args], {
    cwd: folder,
    stdio: [input, 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
    env: environment(process.env),
  });
}

/** Resolves when it ended well; otherwise says why not. A cancelled one is killed with what it has started (ssh, git-remote-https). */
export function overOf(child: ChildProcess, { signal, timeoutMs = LONGEST_MS, onLine }: Omit<GitCall, 'args' | 'folder'>): Promise<void> {
  const said = collectLines(child, onLine);
  return new Promise((resolve, reject) => {
    let ended: WorkbenchError | undefined;
    const stop = (reason: WorkbenchError) => {
      ended ??= reason;
      end(child);
    };
    const onAbort = () => stop(new WorkbenchError('CANCELLED', 'Reading the repository was cancelled; nothing of it was kept.'));
    const timer = setTimeout(() => stop(new WorkbenchError('TIMEOUT', 'The repository took too long and was given up.')), timeoutMs);
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    child.on('error', (cause) => settle(() => reject(notStarted(cause))));
    child.on('close', (code) => settle(() => (ended !== undefined ? reject(ended) : code === 0 ? resolve() : reject(gitProblem(said())))));
  });
}

function environment(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = Object.fromEntries(Object.entries(variables).filter(([name]) => !NOT_OURS.test(name)));
  return {
    ...ours,
    // Answers are read by us, whatever language the person's system speaks.
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GCM_INTERACTIVE: 'never',
    GIT_SSH_COMMAND: `${variables['GIT_SSH_COMMAND'] ?? 'ssh'} -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15`,
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_OPTIONAL_LOCKS: '0',
  };
}

function collectLines(child: ChildProcess, onLine: ((line: string) => void) | undefined): () => string {
  let [rest, tail] = ['', ''];
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-8000);
    if (onLine === undefined) return;
    const lines = (rest + chunk).split(/[\r\n]/u);
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  return () => tail;
}

function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // the group is gone already
  }
}

function notStarted(cause: Error): WorkbenchError {
  const isMissing = 'code' in cause && cause.code === 'ENOENT';
  return new WorkbenchError(
    'BAD_REQUEST',
    isMissing
      ? 'Git was not found on this computer. Install git and try again, or import the suites as a folder or a zip.'
      : 'Git could not be started.',
    { details: isMissing ? [] : [cause.message], cause },
  );
}
