import { AsyncIteratorClass } from '@orpc/server';
import type { Progress } from '../../src-shared/model/system.ts';

interface LongWork {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

export type ProgressEvent<Done> = { type: 'progress'; progress: Progress } | ({ type: 'done' } & Done);

/** Long work as a feed: where it is (only the newest, for a slow reader), then what came of it. Leaving the feed cancels the work. */
export function progressFeed<Done extends object>(
  signal: AbortSignal | undefined,
  work: (options: LongWork) => Promise<Done>,
): AsyncIteratorClass<ProgressEvent<Done>, void, void> {
  const left = new AbortController();
  const events = follow(signal === undefined ? left.signal : AbortSignal.any([left.signal, signal]), work);
  return new AsyncIteratorClass<ProgressEvent<Done>, void, void>(
    () => events.next(),
    async () => {
      left.abort();
      await events.return();
    },
  );
}

async function* follow<Done extends object>(
  signal: AbortSignal,
  work: (options: LongWork) => Promise<Done>,
): AsyncGenerator<ProgressEvent<Done>, void, void> {
  let newest: Progress | undefined;
  let wake: () => void = () => undefined;
  let isOver = false;
  const working = work({
    signal,
    onProgress: (progress) => {
      newest = progress;
      wake();
    },
  }).finally(() => {
    isOver = true;
    wake();
  });
  working.catch(() => undefined); // thrown below, unless the reader has left
  while (!isOver) {
    if (newest === undefined) {
      await new Promise<void>((resolve) => (wake = resolve));
      continue;
    }
    const progress = newest;
    newest = undefined;
    yield { type: 'progress', progress };
  }
  yield { type: 'done', ...(await working) };
}
