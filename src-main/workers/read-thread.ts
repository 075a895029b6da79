import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { WorkbenchError, asWorkbenchError } from '../errors.ts';
import type { Answer, Queries, Question } from './serve-queries.ts';

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: WorkbenchError) => void;
}

type InputOf<Query> = Query extends (input: infer Input) => unknown ? Input : never;
type OutputOf<Query> = Query extends (input: never) => infer Output ? Output : never;

/**
 * One thread that answers queries in the order they come, so that reading never holds up the main process. It starts with the
 * first query; should it die, who waits gets INTERNAL and the next query starts a new one. It keeps no process alive by itself.
 */
export class ReadThread<Served extends Queries> {
  readonly #file: string;
  readonly #settings: object;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #closed = false;
  #last = 0;

  /** `file`: the bundled thread side, from `import file from './x.thread?modulePath'`; `settings` become its `workerData`. */
  constructor(file: string, settings: object) {
    this.#file = file;
    this.#settings = settings;
  }

  ask<Name extends keyof Served & string>(name: Name, input: InputOf<Served[Name]>): Promise<OutputOf<Served[Name]>> {
    if (this.#closed) return Promise.reject(new WorkbenchError('CANCELLED', 'The workbench is closing.'));
    const worker = (this.#worker ??= this.#start());
    const id = (this.#last += 1);
    worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as OutputOf<Served[Name]>), reject });
      worker.postMessage({ id, name, input } satisfies Question);
    });
  }

  /** Starts the thread before there is a question: a start takes a tenth of a second and more. */
  warm(): void {
    if (this.#closed || this.#worker !== null) return;
    this.#worker = this.#start();
    this.#worker.unref();
  }

  /** Lets the thread finish what it reads just now, which is little, and end. Who waits for more gets CANCELLED. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#lose(new WorkbenchError('CANCELLED', 'The workbench is closing.'));
    if (worker === null) return;
    const ended = once(worker, 'exit');
    worker.ref();
    worker.postMessage('leave');
    await ended;
  }

  /** Ends the thread wherever it is, for what may never come to an end by itself. Who waits gets CANCELLED. */
  async kill(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#lose(new WorkbenchError('CANCELLED', 'It was cancelled.'));
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#file, { workerData: this.#settings });
    worker.on('message', (answer: Answer) => this.#take(worker, answer));
    worker.on('error', (error) => this.#lose(asWorkbenchError(error), worker));
    worker.on('exit', () => this.#lose(new WorkbenchError('INTERNAL', 'A reading thread has ended by itself. Try again.'), worker));
    return worker;
  }

  #take(worker: Worker, answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0 && !this.#closed) worker.unref(); // closing waits for its end
    if ('value' in answer) waiting?.resolve(answer.value);
    else waiting?.reject(revive(answer.error));
  }

  #lose(error: WorkbenchError, worker?: Worker): void {
    if (worker !== undefined && worker !== this.#worker) return;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    if (worker !== undefined) this.#worker = null;
    for (const { reject } of lost) reject(error);
  }
}

function revive(error: Extract<Answer, { error: unknown }>['error']): WorkbenchError {
  if (error.known === undefined)
    return asWorkbenchError(Object.assign(new Error(error.message), { code: error.systemCode, stack: error.stack }));
  const { code, data } = error.known;
  return new WorkbenchError(code, error.message, { details: data.details, reasons: data.reasons });
}
