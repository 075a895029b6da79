import type { Duplex } from 'node:stream';
import type { Attempt, Fence } from './capabilities.ts';
import { asDriverError, DriverError } from './driver-error.ts';
import { PROVIDER_WORDS, type Endpoint, type Provider } from './endpoints.ts';
import { orAborted, withAttempts, type Tools } from './perform.ts';

export interface ConsoleCall {
  sut: { id: string; name: string };
  endpoints: readonly Endpoint[];
  /**
   * With a token: the console is opened, written to and kept only as long as that token is in force; `null` means that nobody holds the
   * SUT. Left out: a console to read from; what is written to it is refused.
   */
  fence?: Fence;
  timeoutMs?: number;
}

export interface OpenedConsole {
  stream: Duplex;
  provider: Provider;
  endpointId: string;
  attempts: Attempt[];
}

/** The console of the first endpoint that has one. It does not wait in the machine's queue: a console lasts. */
export async function openConsole(call: ConsoleCall, tools: Tools): Promise<OpenedConsole> {
  const attempts: Attempt[] = [];
  let failure: DriverError | undefined;
  for (const endpoint of call.endpoints) {
    const started = performance.now();
    const at = { provider: endpoint.provider, endpointId: endpoint.id };
    try {
      const stream = await openAt(call, endpoint, tools);
      attempts.push({ ...at, outcome: 'done', code: null, message: null, tookMs: performance.now() - started });
      return { ...at, stream, attempts };
    } catch (thrown) {
      const error = asDriverError(thrown);
      const outcome = error.code === 'OOBM_UNSUPPORTED' ? 'unsupported' : 'failed';
      attempts.push({ ...at, outcome, code: error.code, message: error.message, tookMs: performance.now() - started });
      if (outcome === 'failed' || failure === undefined) failure = error;
      if (error.code === 'NOT_RESERVED' || tools.signal.aborted) break;
    }
  }
  throw withAttempts(failure ?? new DriverError('OOBM_UNSUPPORTED', `${call.sut.name} has no endpoint yet. Add one.`), attempts);
}

async function openAt(call: ConsoleCall, endpoint: Endpoint, { links, fences, signal }: Tools): Promise<Duplex> {
  const { driver, link } = links.at(endpoint);
  if (driver.openConsole === undefined || driver.offers?.(endpoint as never, 'console', 'open') === false) {
    throw new DriverError('OOBM_UNSUPPORTED', `${PROVIDER_WORDS[endpoint.provider]} has no console.`);
  }
  const permit = () => {
    if (call.fence !== undefined) fences.check(call.sut, call.fence);
  };
  try {
    permit();
    const opening = driver.openConsole(link, { signal, permit });
    // Should it open after all when nobody waits any more, it must not stay open.
    void opening.then((late) => signal.aborted && late.destroy()).catch(() => undefined);
    const stream = await orAborted(opening, signal);
    links.note(endpoint, 'accepted');
    return stream;
  } catch (thrown) {
    const error = asDriverError(thrown, (each) => driver.translate?.(each) as DriverError | undefined);
    if (error.code === 'OOBM_AUTH') links.note(endpoint, 'refused');
    throw error;
  }
}
