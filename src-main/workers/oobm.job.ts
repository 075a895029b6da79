import { setTimeout as delay } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { DriverError, plainError } from '../drivers/driver-error.ts';
import { scan, type FoundBmc, type ScanProgress } from '../drivers/discovery/scan.ts';
import { FenceTable } from '../drivers/fences.ts';
import { inspectEndpoint } from '../drivers/inspect.ts';
import { LinkTable } from '../drivers/links.ts';
import { openConsole } from '../drivers/open-console.ts';
import { perform } from '../drivers/perform.ts';
import { joinConsole } from './join-console.ts';
import type { OobmMessage, OobmNews, OobmRequest } from './oobm-messages.ts';
import type { WithPort } from './pool.ts';

/** ms; a read of a whole inventory or log takes longer on old BMCs. */
const LIMIT = 30_000;
const LONG_LIMIT = 90_000;
/** A /16 at the slowest pace. */
const SCAN_LIMIT = 4 * 3600_000;
const LONG = ['sensors', 'sel', 'fru', 'firmware'];

/** A thread that owns machines: it keeps their sessions warm and carries out what it is told until it is told to leave. */
export default async function oobm({ port }: WithPort): Promise<null> {
  const thread = new OobmThread(port);
  await new Promise<void>((resolve) => {
    port.on('message', (message: OobmRequest | 'leave') => (message === 'leave' ? resolve() : thread.hear(message)));
    port.on('close', resolve);
  });
  await thread.close();
  await socketsClosed();
  return null;
}

/** ms; sockets of machines that do not answer may last longer, and from them nothing comes in. */
const CLOSING = 2500;

/** A thread that is ended at the moment a datagram comes in takes the whole process along, so its sockets go first. */
async function socketsClosed(): Promise<void> {
  const late = performance.now() + CLOSING;
  while (process.getActiveResourcesInfo().includes('UDPWrap') && performance.now() < late) await delay(10);
}

class OobmThread {
  readonly #port: MessagePort;
  readonly #links = new LinkTable();
  readonly #fences = new FenceTable();
  readonly #underway = new Map<number, AbortController>();
  readonly #consoles = new Set<() => void>();

  constructor(port: MessagePort) {
    this.#port = port;
  }

  hear(request: OobmRequest): void {
    switch (request.kind) {
      case 'call': {
        const { key, call } = request;
        const limit = call.timeoutMs ?? (LONG.includes(call.capability) ? LONG_LIMIT : LIMIT);
        return this.#within({ key, limit, what: call.sut.name }, async (signal) => {
          const answer = await perform(call, { links: this.#links, fences: this.#fences, signal });
          this.#tell({ kind: 'answer', key, answer });
        });
      }
      case 'console':
        return this.#open(request);
      case 'inspect': {
        const { key, endpoint } = request;
        return this.#within({ key, limit: LIMIT, what: 'The endpoint' }, async (signal) => {
          this.#tell({ kind: 'inspected', key, inspection: await inspectEndpoint(endpoint, signal) });
        });
      }
      case 'scan':
        return this.#scan(request);
      case 'cancel':
        this.#underway.get(request.key)?.abort(new DriverError('CANCELLED', 'It was cancelled.'));
        return;
      case 'fence':
        return this.#fences.set(request.sutId, request.fence);
      case 'forgive':
        return this.#links.forgive(request.endpoint);
      default:
        throw new Error('not a request of the pool oobm');
    }
  }

  async close(): Promise<void> {
    for (const controller of this.#underway.values()) controller.abort(new DriverError('CANCELLED', 'The workbench is closing.'));
    for (const end of [...this.#consoles]) end();
    await this.#links.close();
  }

  #open({ key, call, port }: Extract<OobmRequest, { kind: 'console' }>): void {
    this.#within({ key, limit: call.timeoutMs ?? LIMIT, what: call.sut.name }, async (signal) => {
      try {
        const { stream, ...rest } = await openConsole(call, { links: this.#links, fences: this.#fences, signal });
        const end = joinConsole({ stream, port, call, fences: this.#fences }, () => this.#consoles.delete(end));
        this.#consoles.add(end);
        this.#tell({ kind: 'opened', key, ...rest });
      } catch (error) {
        port.close();
        throw error;
      }
    });
  }

  #scan({ key, scan: request }: Extract<OobmRequest, { kind: 'scan' }>): void {
    this.#within({ key, limit: SCAN_LIMIT, what: 'The network' }, async (signal) => {
      const onFound = (bmc: FoundBmc) => this.#tell({ kind: 'found', key, bmc });
      const onProgress = (progress: ScanProgress) => this.#tell({ kind: 'progress', key, progress });
      this.#tell({ kind: 'scanned', key, progress: await scan(request, { onFound, onProgress }, signal) });
    });
  }

  /** Runs one request with its time limit and its cancel; what it throws is its answer. */
  #within({ key, limit, what }: { key: number; limit: number; what: string }, work: (signal: AbortSignal) => Promise<void>): void {
    const controller = new AbortController();
    const late = new DriverError('TIMEOUT', `${what} did not answer within ${Math.round(limit / 1000)} s.`);
    const timer = setTimeout(() => controller.abort(late), limit);
    this.#underway.set(key, controller);
    void work(controller.signal)
      .catch((error: unknown) => this.#tell({ kind: 'failed', key, error: plainError(error) }))
      .finally(() => {
        clearTimeout(timer);
        this.#underway.delete(key);
      });
  }

  #tell(message: OobmMessage | OobmNews): void {
    this.#port.postMessage(message);
  }
}
