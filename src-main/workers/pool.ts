import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { PoolActivity } from '../../src-shared/model/activity.ts';
import { JobMeter } from './job-meter.ts';

export interface PoolOptions {
  /** Threads at most; each job has one for itself. */
  threads: number;
}

/** What a job is given besides its task: the door through which it talks to whoever started it. */
export interface WithPort {
  port: MessagePort;
}

export interface Job<Task> {
  /** The bundled job file, from `import file from './x.job?modulePath'`. */
  file: string;
  task: Task;
  /** Hears how to send the job a message before it has sent one; what is sent before it runs waits for it. */
  onStart?: (send: (message: unknown, transfer?: MessagePort[]) => void) => void;
  /** Messages of the job, in order; answering goes through `reply`. */
  onMessage: (message: unknown, reply: (answer: unknown) => void) => void;
  /** Aborting asks the job to leave by itself: its port is told `leave`. A thread is never killed for it. */
  signal?: AbortSignal;
}

/** Threads for jobs. The only place that knows piscina. */
export class WorkerPool {
  readonly #piscina: Piscina;
  readonly #meter = new JobMeter();
  readonly #most: number;

  constructor({ threads }: PoolOptions) {
    this.#most = threads;
    // Idle threads stay for a minute: starting one costs 30 ms and more.
    this.#piscina = new Piscina({ minThreads: 0, maxThreads: threads, idleTimeout: 60_000, concurrentTasksPerWorker: 1 });
  }

  /** Runs the job to its end and answers what it answered. Should a listener throw, the job is asked to leave and this rejects. */
  run<Task extends object, Result>(job: Job<Task>): Promise<Result> {
    return this.#meter.count(() => this.#run(job));
  }

  activity(): PoolActivity {
    const { threads, queueSize } = this.#piscina;
    return this.#meter.read({ threads: threads.length, most: this.#most, waiting: queueSize });
  }

  async #run<Task extends object, Result>({ file, task, onStart, onMessage, signal }: Job<Task>): Promise<Result> {
    const { port1, port2 } = new MessageChannel();
    const leave = () => port1.postMessage('leave');
    let broken: { error: unknown } | null = null;
    port1.on('message', (message: unknown) => {
      try {
        onMessage(message, (answer) => port1.postMessage(answer));
      } catch (error) {
        broken ??= { error };
        leave();
      }
    });
    onStart?.((message, transfer) => port1.postMessage(message, transfer));
    signal?.addEventListener('abort', leave);
    if (signal?.aborted === true) leave();
    try {
      const result = (await this.#piscina.run({ ...task, port: port2 }, { filename: file, transferList: [port2] })) as Result;
      rethrow(broken);
      return result;
    } finally {
      signal?.removeEventListener('abort', leave);
      port1.close();
    }
  }

  /** Ends the threads. What must not be cut off is asked to leave before, by its signal. */
  async close(): Promise<void> {
    await this.#piscina.destroy();
  }
}

function rethrow(broken: { error: unknown } | null): void {
  if (broken !== null) throw broken.error;
}
