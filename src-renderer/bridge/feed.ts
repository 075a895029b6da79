import { ORPCError } from '@orpc/client';
import { frameBatch, type Schedule } from './frame-batch.ts';
import { waitBefore } from './link-keeper.ts';

export interface Feed<Item> {
  /** Opens the stream; a reader that knows where it was asks from there. */
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<Item>>;
  /** Everything that arrived since the last frame, in order. */
  readonly apply: (items: readonly Item[]) => void;
  /** The harness says no in a way that trying again does not change. */
  readonly onProblem?: (error: Error) => void;
  /** The end of the stream is the end of the matter; otherwise it opens again. */
  readonly ends?: boolean;
}

export interface FeedClock {
  readonly schedule: Schedule;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const FINAL = new Set(['BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND']);

/** Reads a feed until told to stop: batches a frame, reopens what breaks, gives up only where the answer is final. */
export function startFeed<Item>(feed: Feed<Item>, clock: FeedClock): () => void {
  const stop = new AbortController();
  const batch = frameBatch(feed.apply, clock.schedule);
  void read(feed, { push: batch.push, wait: clock.wait, signal: stop.signal });
  return () => {
    stop.abort();
    batch.drop();
  };
}

interface Reading<Item> {
  readonly push: (item: Item) => void;
  readonly wait: FeedClock['wait'];
  readonly signal: AbortSignal;
}

async function read<Item>(feed: Feed<Item>, reading: Reading<Item>): Promise<void> {
  const { signal } = reading;
  let attempt = 0;
  while (!signal.aborted) {
    const outcome = await readOnce(feed, reading);
    if (outcome === 'over' || signal.aborted) return;
    attempt = outcome === 'brokeEarly' ? attempt + 1 : 1;
    await reading.wait(waitBefore(attempt, 1), signal);
  }
}

type Outcome = 'over' | 'broke' | 'brokeEarly';

async function readOnce<Item>(feed: Feed<Item>, { push, signal }: Reading<Item>): Promise<Outcome> {
  let arrived = false;
  try {
    for await (const item of await feed.open(signal)) {
      if (signal.aborted) return 'over';
      arrived = true;
      push(item);
    }
    if (feed.ends === true) return 'over';
  } catch (error) {
    if (signal.aborted) return 'over';
    if (error instanceof ORPCError && FINAL.has(String(error.code))) {
      feed.onProblem?.(error);
      return 'over';
    }
  }
  return arrived ? 'broke' : 'brokeEarly';
}
