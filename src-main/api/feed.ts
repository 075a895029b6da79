import { AsyncIteratorClass } from '@orpc/server';

export interface FeedSource<Change, Pending, Item> {
  /** Starts listening before `first` is asked, so that nothing falls between both; answers the function that stops. */
  listen: (listener: (change: Change) => void) => () => void;
  first: () => Item | Promise<Item>;
  /** Puts a change into what is pending: this is what keeps a slow reader from piling up memory. */
  merge: (pending: Pending | undefined, change: Change) => Pending;
  /** Turns what is pending into the next item; undefined: nothing to say. */
  take: (pending: Pending) => Item | undefined | Promise<Item | undefined>;
  signal: AbortSignal | undefined;
  /** Changes within this time become one item. */
  pauseMs?: number;
  /** A change that no pause holds back. */
  urgent?: (change: Change) => boolean;
}

/** A feed that ends when its signal aborts or its reader leaves, and merges what changes while the reader is busy. */
export function coalescedFeed<Change, Pending, Item>(source: FeedSource<Change, Pending, Item>): AsyncIteratorClass<Item, void, void> {
  const left = new AbortController();
  const signal = source.signal === undefined ? left.signal : AbortSignal.any([left.signal, source.signal]);
  const items = follow(source, signal);
  return new AsyncIteratorClass<Item, void, void>(
    () => items.next(),
    async () => {
      left.abort();
      await items.return();
    },
  );
}

/** A feed of its own making that is told at once when its reader leaves: a generator that waits would hear of it only when it goes on. */
export function leavableFeed<Item>(
  signal: AbortSignal | undefined,
  open: (signal: AbortSignal) => AsyncGenerator<Item, void, void>,
): AsyncIteratorClass<Item, void, void> {
  const left = new AbortController();
  const items = open(signal === undefined ? left.signal : AbortSignal.any([left.signal, signal]));
  return new AsyncIteratorClass<Item, void, void>(
    () => items.next(),
    async () => {
      left.abort();
      await items.return();
    },
  );
}

async function* follow<Change, Pending, Item>(
  source: FeedSource<Change, Pending, Item>,
  signal: AbortSignal,
): AsyncGenerator<Item, void, void> {
  let pending: Pending | undefined;
  let wake: () => void = () => undefined;
  let hurry = false;
  let breakPause: () => void = () => undefined;
  const stop = source.listen((change) => {
    pending = source.merge(pending, change);
    wake();
    if (source.urgent?.(change) !== true) return;
    hurry = true;
    breakPause();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  try {
    yield await source.first();
    while (!signal.aborted) {
      if (pending === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const taken = pending;
      pending = undefined;
      hurry = false;
      const item = await source.take(taken);
      if (item !== undefined) yield item;
      if (!hurry) await pause(source.pauseMs ?? 0, signal, (over) => (breakPause = over));
    }
  } finally {
    stop();
    signal.removeEventListener('abort', onAbort);
  }
}

function pause(ms: number, signal: AbortSignal, breakWith: (over: () => void) => void): Promise<void> {
  if (ms === 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    breakWith(done);
  });
}
