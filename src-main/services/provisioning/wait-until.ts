import { setTimeout as pause } from 'node:timers/promises';
import { WorkbenchError } from '../../errors.ts';
import type { ConsoleWatch } from './console-watch.ts';

export interface Waiting {
  /** What is waited for, to be said when it does not come. */
  what: string;
  limitMs: number;
  paceMs: number;
  console: ConsoleWatch;
  /** Found on the console from `from` on, it has failed. */
  failOn: readonly string[];
  from: number;
  signal: AbortSignal;
  /** Throws when waiting longer makes no sense: the machine lost its power. */
  hopeful?: () => Promise<void>;
}

/** Looks again and again, and whenever the console says something, until `look` answers something else than null. */
export async function waitUntil(waiting: Waiting, look: () => Promise<string | null>): Promise<string> {
  const { console, signal, paceMs, limitMs, what } = waiting;
  const end = performance.now() + limitMs;
  for (;;) {
    signal.throwIfAborted();
    const trouble = console.find(waiting.failOn, waiting.from);
    if (trouble !== null) throw new WorkbenchError('PROVISIONING_FAILED', `The console says that it has failed: ${trouble}`);
    const found = await look();
    if (found !== null) return found;
    await waiting.hopeful?.();
    const left = end - performance.now();
    if (left <= 0) throw new WorkbenchError('PROVISIONING_FAILED', `${what} within ${Math.round(limitMs / 1000)} s.`);
    await next(console, { ms: Math.min(paceMs, left), signal });
  }
}

/** The pause, or less when the console says something. */
async function next(console: ConsoleWatch, { ms, signal }: { ms: number; signal: AbortSignal }): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([over.signal, signal]);
  await Promise.race([pause(ms, undefined, { signal: either }).catch(() => undefined), console.more(either)]);
  over.abort();
}
