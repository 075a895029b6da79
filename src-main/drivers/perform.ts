import { isReading, type Answer, type Attempt, type Call } from './capabilities.ts';
import { asDriverError, DriverError } from './driver-error.ts';
import type { AnyDriver, Task } from './driver.ts';
import { PROVIDER_WORDS, type Endpoint } from './endpoints.ts';
import type { FenceTable } from './fences.ts';
import type { LinkTable } from './links.ts';

export interface Tools {
  links: LinkTable;
  fences: FenceTable;
  /** Of the caller and of the time limit; its reason is a `DriverError`. */
  signal: AbortSignal;
}

type Handler = (link: never, args: never, task: Task) => Promise<unknown>;

/** The machine has got it, or may have: trying it another way could do it twice. */
const UNKNOWN_OUTCOME: readonly string[] = ['OOBM_UNREACHABLE', 'TIMEOUT', 'CANCELLED', 'INTERNAL'];
const FINAL: readonly string[] = ['NOT_RESERVED', 'CANCELLED', 'TIMEOUT', 'BAD_REQUEST'];

/**
 * Asks the endpoints of a SUT in their order until one can do it. A read goes on after every failure. A change goes on only when the
 * failed endpoint did nothing for certain; else it rejects and says that the outcome is unknown.
 */
export async function perform(call: Call, tools: Tools): Promise<Answer<unknown>> {
  const began = performance.now();
  const attempts: Attempt[] = [];
  let failure: DriverError | undefined;
  for (const endpoint of call.endpoints) {
    const started = performance.now();
    const at = { provider: endpoint.provider, endpointId: endpoint.id };
    try {
      const value = await attempt(call, endpoint, tools);
      const tookMs = performance.now() - began;
      attempts.push({ ...at, outcome: 'done', code: null, message: null, tookMs: performance.now() - started });
      return { ...at, value, tookMs, attempts };
    } catch (thrown) {
      const error = asDriverError(thrown);
      const outcome = error.code === 'OOBM_UNSUPPORTED' ? 'unsupported' : 'failed';
      attempts.push({ ...at, outcome, code: error.code, message: error.message, tookMs: performance.now() - started });
      if (outcome === 'failed' || failure === undefined) failure = error;
      if (FINAL.includes(error.code) || error instanceof OutcomeUnknown) break;
    }
  }
  throw withAttempts(failure ?? new DriverError('OOBM_UNSUPPORTED', `${call.sut.name} has no endpoint yet. Add one.`), attempts);
}

/** A change that may have happened. */
class OutcomeUnknown extends DriverError {}

async function attempt(call: Call, endpoint: Endpoint, { links, fences, signal }: Tools): Promise<unknown> {
  const { driver, link, queue } = links.at(endpoint);
  const handler = handlerFor(driver, endpoint, call);
  let permitted = false;
  const permit = () => {
    fences.check(call.sut, call.fence);
    permitted = true;
  };
  try {
    const value = await queue.run(call.urgency ?? 'person', signal, () =>
      orAborted(handler(link, call.args as never, { signal, permit }), signal),
    );
    if (!permitted && !isReading(call.action)) throw new Error(`${endpoint.provider} did ${call.capability} without asking whether it may`);
    links.note(endpoint, 'accepted');
    return value;
  } catch (thrown) {
    const error = asDriverError(thrown, (each) => driver.translate?.(each) as DriverError | undefined);
    if (signal.aborted) links.drop(endpoint);
    if (error.code === 'OOBM_AUTH') links.note(endpoint, 'refused');
    if (!permitted || !UNKNOWN_OUTCOME.includes(error.code)) throw error;
    const message = `${error.message} The command had been sent: whether it was carried out is unknown. Look before you repeat it.`;
    throw new OutcomeUnknown(error.code, message, { details: error.details, cause: error });
  }
}

function handlerFor(driver: AnyDriver, endpoint: Endpoint, { capability, action }: Call): Handler {
  const handlers = driver.handlers as Partial<Record<string, Partial<Record<string, Handler>>>>;
  const handler = handlers[capability]?.[action];
  if (handler !== undefined && driver.offers?.(endpoint as never, capability, action) !== false) return handler;
  throw new DriverError('OOBM_UNSUPPORTED', `${PROVIDER_WORDS[endpoint.provider]} cannot do this.`);
}

/** The work, or the signal's reason as soon as it aborts. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

export function withAttempts(error: DriverError, attempts: Attempt[]): DriverError {
  error.attempts = attempts;
  return error;
}
