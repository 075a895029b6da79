import { spawn, type ChildProcess } from 'node:child_process';
import { delimiter } from 'node:path';
import { WorkbenchError } from '../errors.ts';
import { frame, FrameReader } from './message-frames.ts';

/** What it may take of memory, in bytes; a runaway analysis ends the server, not the machine. Where the system knows such a limit. */
const MEMORY = 4 * 1024 ** 3;
/** How long it may take to say that it is ready, in milliseconds: it reads the libraries of the test data. */
const START_MS = 60_000;
const STDERR_TAIL = 4000;

const PROGRAM = [
  'import runpy, sys',
  'try:',
  '    import resource',
  `    resource.setrlimit(resource.RLIMIT_AS, (${MEMORY}, ${MEMORY}))`,
  'except (ImportError, OSError, ValueError):',
  '    pass',
  'sys.argv = ["robotcode", "language-server", "--stdio"]',
  'runpy.run_module("robotcode.cli", run_name="__main__")',
].join('\n');

export interface LanguageServerStart {
  /** Of an environment that has robotcode. */
  python: string;
  /** Folders of modules, first one first. */
  pythonPath: readonly string[];
  /** Where the texts are. */
  folder: string;
  rootUri: string;
  onMessage: (json: string) => void;
  /** Once, when it is over after it was up; `why` is the end of what it said, and empty when it was ended by us. */
  onEnd: (why: string) => void;
  signal: AbortSignal;
}

export interface LanguageServer {
  send: (json: string) => void;
  /** Resolves when it has ended. */
  stop: () => Promise<void>;
}

/** Starts robotcode over its standard input and output, and says hello. Throws ENVIRONMENT_FAILED, TIMEOUT, CANCELLED. */
export async function startLanguageServer(start: LanguageServerStart): Promise<LanguageServer> {
  const child = launch(start);
  const conversation = new Conversation(child, start);
  const limit = AbortSignal.any([start.signal, AbortSignal.timeout(START_MS)]);
  const onAbort = () => void conversation.stop();
  limit.addEventListener('abort', onAbort);
  try {
    await conversation.hello(start.rootUri);
    return conversation;
  } catch (error) {
    await conversation.stop();
    if (start.signal.aborted) throw new WorkbenchError('CANCELLED', 'The language server was cancelled.');
    if (limit.aborted) throw new WorkbenchError('TIMEOUT', `The language server did not begin within ${START_MS / 1000} s.`);
    throw error;
  } finally {
    limit.removeEventListener('abort', onAbort);
  }
}

function launch({ python, pythonPath, folder }: LanguageServerStart): ChildProcess {
  const others = Object.entries(process.env).filter(([name]) => name !== 'ROBOT_OPTIONS' && name !== 'ROBOT_SYSLOG_FILE');
  return spawn(python, ['-B', '-c', PROGRAM], {
    cwd: folder,
    // A group of its own, so that what it has started ends with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(others), PYTHONPATH: pythonPath.join(delimiter), PYTHONUTF8: '1', PYTHONIOENCODING: 'utf-8' },
  });
}

interface Message {
  id?: string | number | null;
  method?: string;
  params?: { items?: unknown[] };
  error?: { message?: string };
}

const HELLO = 'atn-hello';

/** Answers what the server asks of every editor by itself; the rest goes on to whoever listens. */
class Conversation implements LanguageServer {
  readonly #child: ChildProcess;
  readonly #start: LanguageServerStart;
  readonly #frames = new FrameReader();
  readonly #exited: Promise<void>;
  #said = '';
  #stopped = false;
  #isUp = false;
  #greeted: { resolve: () => void; reject: (error: Error) => void } | null = null;

  constructor(child: ChildProcess, start: LanguageServerStart) {
    this.#child = child;
    this.#start = start;
    child.stdout?.on('data', (chunk: Buffer) => this.#take(chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (this.#said = (this.#said + chunk).slice(-STDERR_TAIL)));
    child.stdin?.on('error', () => undefined); // its end tells
    child.once('error', (error) => this.#over(error.message));
    this.#exited = new Promise((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
    child.once('close', () => this.#over(this.#said.trim().split('\n').at(-1) ?? ''));
  }

  hello(rootUri: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#greeted = { resolve, reject };
      const params = { processId: process.pid, rootUri, workspaceFolders: [{ uri: rootUri, name: 'suites' }], capabilities: CAPABILITIES };
      this.#say({ id: HELLO, method: 'initialize', params: { ...params, initializationOptions: { settings: {} } } });
    });
  }

  send = (json: string): void => {
    this.#child.stdin?.write(frame(json));
  };

  stop = (): Promise<void> => {
    if (this.#stopped) return this.#exited;
    this.#stopped = true;
    try {
      if (process.platform === 'win32' || this.#child.pid === undefined) this.#child.kill();
      else process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      this.#child.kill('SIGKILL'); // the group is gone already
    }
    return this.#exited;
  };

  #say(message: object): void {
    this.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }

  #take(chunk: Buffer): void {
    try {
      for (const json of this.#frames.take(chunk)) this.#hear(json);
    } catch (error) {
      this.#said = error instanceof Error ? error.message : String(error);
      void this.stop();
    }
  }

  #hear(json: string): void {
    const message = JSON.parse(json) as Message;
    if (message.id === HELLO && message.method === undefined) return this.#greet(message);
    if (message.method === undefined || message.id === undefined) return this.#start.onMessage(json);
    // Settings are those that the server comes with; progress and registrations are agreed to.
    const result = message.method === 'workspace/configuration' ? (message.params?.items ?? []).map(() => ({})) : null;
    this.#say({ id: message.id, result });
  }

  #greet({ error }: Message): void {
    const greeted = this.#greeted;
    this.#greeted = null;
    if (error !== undefined) return greeted?.reject(failed(error.message ?? ''));
    this.#isUp = true;
    this.#say({ method: 'initialized', params: {} });
    greeted?.resolve();
  }

  #over(why: string): void {
    this.#greeted?.reject(failed(why));
    this.#greeted = null;
    const stopped = this.#stopped;
    void this.stop(); // what it has started
    if (this.#isUp) this.#start.onEnd(stopped ? '' : why);
    this.#isUp = false;
  }
}

function failed(why: string): WorkbenchError {
  return new WorkbenchError('ENVIRONMENT_FAILED', 'The language server could not be started.', { details: why === '' ? [] : [why] });
}

const CAPABILITIES = {
  workspace: { configuration: true, workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
  textDocument: {
    synchronization: { dynamicRegistration: false },
    publishDiagnostics: { relatedInformation: false },
    completion: {
      completionItem: {
        snippetSupport: false,
        documentationFormat: ['markdown', 'plaintext'],
        resolveSupport: { properties: ['documentation'] },
      },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    definition: { linkSupport: false },
  },
};
