import type { Duplex } from 'node:stream';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Action, Answer, Asked, Attempt, Call, Fence, Value } from '../drivers/capabilities.ts';
import { workbenchError } from '../drivers/driver-error.ts';
import type { FoundBmc, ScanProgress, ScanRequest } from '../drivers/discovery/scan.ts';
import type { Endpoint, Provider } from '../drivers/endpoints.ts';
import type { Inspection } from '../drivers/inspect.ts';
import type { ConsoleCall } from '../drivers/open-console.ts';
import type { PoolActivity } from '../../src-shared/model/activity.ts';
import { WorkbenchError } from '../errors.ts';
import { ConsolePort } from './console-port.ts';
import { JobMeter } from './job-meter.ts';
import oobmFile from './oobm.job.ts?modulePath';
import type { OobmMessage, OobmNews, OobmRequest } from './oobm-messages.ts';
import type { WorkerPool } from './pool.ts';

/** Calls wait for BMCs, not for processors: few threads carry many machines. */
export const OOBM_THREADS = 3;

interface Waiting {
  resolve: (message: Exclude<OobmMessage, { kind: 'failed' }>) => void;
  reject: (error: Error) => void;
  events: ScanEvents | undefined;
}

export interface ScanEvents {
  onFound: (bmc: FoundBmc) => void;
  onProgress: (progress: ScanProgress) => void;
}

/** Hears how every login came out, and that somebody lets one be tried again. It outlives the threads, which count for themselves only. */
export interface LoginWatch {
  note(attempts: readonly Attempt[]): void;
  forgive(endpointId: string): void;
}

/** In place of a SUT's id, for what belongs to none yet. */
const STRANGERS = 'strangers';

export interface Console {
  stream: Duplex;
  provider: Provider;
  endpointId: string;
  attempts: Attempt[];
}

/**
 * The pool `oobm`: a machine is always served by the same thread, which keeps its session warm. Answers are those of the drivers; errors are
 * `WorkbenchError`s whose details and reasons name every attempt.
 */
export class OobmJobs {
  readonly #pool: WorkerPool;
  readonly #threads: OobmThreadHandle[] = [];
  readonly #fences = new Map<string, Fence>();
  readonly #owners = new Map<string, OobmThreadHandle>();
  readonly #closing = new AbortController();
  readonly #meter = new JobMeter();
  readonly #logins: LoginWatch | undefined;
  #nextKey = 1;

  constructor(pool: WorkerPool, logins?: LoginWatch) {
    this.#pool = pool;
    this.#logins = logins;
  }

  async perform<C extends Asked, A extends Action<C>>(call: Call<C, A>, signal?: AbortSignal): Promise<Answer<Value<C, A>>> {
    const began = performance.now();
    const message = await this.#ask(call.sut.id, (key) => ({ kind: 'call', key, call: call as unknown as Call }), { signal });
    if (message.kind !== 'answer') throw new Error('a call was answered by a console');
    return { ...(message.answer as Answer<Value<C, A>>), tookMs: performance.now() - began };
  }

  /** Destroy the stream to close the console. It fails with NOT_RESERVED when the fence under which it was opened is in force no longer. */
  async openConsole(call: ConsoleCall, signal?: AbortSignal): Promise<Console> {
    const { port1, port2 } = new MessageChannel();
    const stream = new ConsolePort(port1);
    try {
      const message = await this.#ask(call.sut.id, (key) => ({ kind: 'console', key, call, port: port2 }), { signal, transfer: [port2] });
      if (message.kind !== 'opened') throw new Error('a console was answered by a call');
      const { provider, endpointId, attempts } = message;
      return { stream, provider, endpointId, attempts };
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  /** What an endpoint shows before a secret is sent: certificate or host key, for somebody to compare and accept. */
  async inspect(endpoint: Endpoint, signal?: AbortSignal): Promise<Inspection> {
    const message = await this.#ask(STRANGERS, (key) => ({ kind: 'inspect', key, endpoint }), { signal });
    if (message.kind !== 'inspected') throw new Error('an inspection was answered by something else');
    return message.inspection;
  }

  /** Looks for BMCs in address ranges; what is found is told as soon as it is. Refuses more than a /16. */
  async scan(request: ScanRequest, events: ScanEvents, signal?: AbortSignal): Promise<ScanProgress> {
    const message = await this.#ask(STRANGERS, (key) => ({ kind: 'scan', key, scan: request }), { signal, events });
    if (message.kind !== 'scanned') throw new Error('a search was answered by something else');
    return message.progress;
  }

  /** Tells who may act on a SUT from now on; what was sent before and waits in a queue is refused. Null: nobody holds it. */
  setFence(sutId: string, fence: Fence): void {
    if (fence === null) this.#fences.delete(sutId);
    else this.#fences.set(sutId, fence);
    this.#owners.get(sutId)?.send({ kind: 'fence', sutId, fence });
  }

  /** Lets a password that was refused twice be tried again. */
  forgive(sutId: string, endpoint: Endpoint): void {
    this.#logins?.forgive(endpoint.id);
    this.#owners.get(sutId)?.send({ kind: 'forgive', endpoint });
  }

  /** Questions to machines; a thread carries many of them at once. */
  activity(): PoolActivity {
    return this.#meter.read({ threads: this.#threads.filter(({ dead }) => !dead).length, most: OOBM_THREADS, waiting: 0 });
  }

  /** Ends sessions and consoles. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#threads.map((thread) => thread.ended));
  }

  async #ask(
    sutId: string,
    request: (key: number) => OobmRequest,
    { signal, transfer, events }: { signal?: AbortSignal | undefined; transfer?: MessagePort[]; events?: ScanEvents },
  ): Promise<Exclude<OobmMessage, { kind: 'failed' }>> {
    if (signal?.aborted === true || this.#closing.signal.aborted) throw new WorkbenchError('CANCELLED');
    const key = this.#nextKey++;
    const thread = this.#ownerOf(sutId);
    const cancel = () => thread.send({ kind: 'cancel', key });
    signal?.addEventListener('abort', cancel);
    try {
      return await this.#meter.count(
        () => new Promise((resolve, reject) => thread.ask({ key, request: request(key), transfer }, { resolve, reject, events })),
      );
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** The thread that owns the SUT; a new SUT goes to the one with the fewest, and takes its fence along. */
  #ownerOf(sutId: string): OobmThreadHandle {
    const owner = this.#owners.get(sutId);
    if (owner !== undefined && !owner.dead) return owner;
    const thread = this.#leastBurdened();
    thread.suts += 1;
    this.#owners.set(sutId, thread);
    thread.send({ kind: 'fence', sutId, fence: this.#fences.get(sutId) ?? null });
    return thread;
  }

  #leastBurdened(): OobmThreadHandle {
    const living = this.#threads.filter((thread) => !thread.dead);
    const free = living.find(({ suts }) => suts === 0);
    if (free !== undefined) return free;
    if (living.length < OOBM_THREADS) {
      const thread = new OobmThreadHandle(this.#pool, this.#closing.signal, (attempts) => this.#logins?.note(attempts));
      this.#threads.push(thread);
      return thread;
    }
    return living.reduce((least, each) => (each.suts < least.suts ? each : least));
  }
}

function attemptsOf(message: OobmMessage): readonly Attempt[] {
  if (message.kind === 'answer') return message.answer.attempts;
  if (message.kind === 'failed') return message.error.attempts;
  return message.kind === 'opened' ? message.attempts : [];
}

/** One thread, seen from the harness. */
class OobmThreadHandle {
  readonly ended: Promise<void>;
  suts = 0;
  dead = false;
  readonly #waiting = new Map<number, Waiting>();
  #send: (message: OobmRequest, transfer?: MessagePort[]) => void = () => undefined;

  readonly #onAttempts: (attempts: readonly Attempt[]) => void;

  constructor(pool: WorkerPool, signal: AbortSignal, onAttempts: (attempts: readonly Attempt[]) => void) {
    this.#onAttempts = onAttempts;
    this.ended = pool
      .run<object, null>({
        file: oobmFile,
        task: {},
        signal,
        onStart: (send) => (this.#send = send),
        onMessage: (message) => this.#hear(message as OobmMessage | OobmNews),
      })
      .then(
        () => this.#over(new WorkbenchError('CANCELLED')),
        (cause: unknown) => this.#over(new WorkbenchError('INTERNAL', 'The worker that talks to machines ended. Ask again.', { cause })),
      );
  }

  send(request: OobmRequest): void {
    this.#send(request);
  }

  ask({ key, request, transfer }: { key: number; request: OobmRequest; transfer: MessagePort[] | undefined }, waiting: Waiting): void {
    this.#waiting.set(key, waiting);
    this.#send(request, transfer);
  }

  #hear(message: OobmMessage | OobmNews): void {
    const waiting = this.#waiting.get(message.key);
    if (message.kind === 'found') return waiting?.events?.onFound(message.bmc);
    if (message.kind === 'progress') return waiting?.events?.onProgress(message.progress);
    this.#waiting.delete(message.key);
    this.#onAttempts(attemptsOf(message));
    if (message.kind === 'failed') waiting?.reject(workbenchError(message.error));
    else waiting?.resolve(message);
  }

  #over(error: WorkbenchError): void {
    this.dead = true;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
