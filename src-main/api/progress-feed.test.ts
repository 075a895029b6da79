import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src-shared/model/system.ts';
import { progressFeed } from './progress-feed.ts';

const at = (done: number): Progress => ({ step: 'work', done, total: 3, unit: 'files', at: 1 });

/** Work that goes on when the test says so. */
function work(signal?: AbortSignal) {
  let finish: (result: { answer: number }) => void = () => undefined;
  let say: (progress: Progress) => void = () => undefined;
  let seen: AbortSignal | undefined;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const feed = progressFeed(signal, (options) => {
    [say, seen] = [options.onProgress, options.signal];
    begin();
    return new Promise<{ answer: number }>((resolve, reject) => {
      finish = resolve;
      options.signal.addEventListener('abort', () => reject(new Error('cancelled')));
    });
  });
  return {
    feed,
    begun,
    say: (done: number) => say(at(done)),
    finish: () => finish({ answer: 42 }),
    isCancelled: () => seen?.aborted === true,
  };
}

describe('a progress feed', () => {
  it('tells the newest progress to a slow reader, then what came of it, and ends', async () => {
    const { feed, begun, say, finish } = work();
    const first = feed.next();
    await begun;
    say(1);
    expect((await first).value).toEqual({ type: 'progress', progress: at(1) });
    say(2);
    say(3);
    expect((await feed.next()).value).toEqual({ type: 'progress', progress: at(3) });
    finish();
    expect((await feed.next()).value).toEqual({ type: 'done', answer: 42 });
    expect((await feed.next()).done).toBe(true);
  });
  it('cancels the work when the reader leaves, waiting or not', async () => {
    const waiting = work();
    const next = waiting.feed.next().catch(() => 'ended');
    await waiting.begun;
    await waiting.feed.return();
    await next;
    expect(waiting.isCancelled()).toBe(true);
    const between = work();
    const first = between.feed.next();
    await between.begun;
    between.say(1);
    await first;
    await between.feed.return();
    expect(between.isCancelled()).toBe(true);
  });
  it('cancels the work when its signal aborts, and hands on what the work throws', async () => {
    const abort = new AbortController();
    const { feed, begun, isCancelled } = work(abort.signal);
    const next = feed.next();
    await begun;
    abort.abort();
    await expect(next).rejects.toThrow('cancelled');
    expect(isCancelled()).toBe(true);
  });
});
