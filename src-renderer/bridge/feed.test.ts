import { ORPCError } from '@orpc/client';
import { describe, expect, it, vi } from 'vitest';
import { startFeed, type FeedClock } from './feed.ts';
import { frameBatch, frameSchedule } from './frame-batch.ts';

/** Frames and waits come when the test says so. */
function bench() {
  const frames: (() => void)[] = [];
  const waits: number[] = [];
  const clock: FeedClock = {
    schedule: (callback) => {
      frames.push(callback);
      return () => frames.splice(frames.indexOf(callback), 1);
    },
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  };
  const frame = (): void => frames.splice(0).forEach((callback) => callback());
  return { clock, waits, frame, frames };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function* stream<Item>(items: readonly Item[], end?: Error): AsyncGenerator<Item> {
  yield* items;
  await Promise.resolve();
  if (end !== undefined) throw end;
}

const never = (signal: AbortSignal): Promise<AsyncIterable<number>> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('left')));
  });

describe('a batch a frame', () => {
  it('hands on in order, once, however much arrived', () => {
    const { clock, frame, frames } = bench();
    const apply = vi.fn();
    const batch = frameBatch<number>(apply, clock.schedule);
    for (let item = 0; item < 1000; item += 1) batch.push(item);
    expect(frames).toHaveLength(1);
    frame();
    expect(apply.mock.calls).toEqual([[Array.from({ length: 1000 }, (_, item) => item)]]);
    frame();
    expect(apply).toHaveBeenCalledTimes(1);
  });

  it('forgets what waits when dropped', () => {
    const { clock, frame } = bench();
    const apply = vi.fn();
    const batch = frameBatch<number>(apply, clock.schedule);
    batch.push(1);
    batch.drop();
    batch.push(2);
    frame();
    expect(apply).not.toHaveBeenCalled();
  });
});

describe('what waits for a frame', () => {
  it('is done in one commit a frame, but for what was called off, and one that fails does not hold up the others', () => {
    const frames: (() => void)[] = [];
    const done: string[] = [];
    const failed = vi.fn();
    vi.stubGlobal('reportError', failed);
    const commit = (deeds: () => void): void => {
      done.push('begin');
      deeds();
      done.push('end');
    };
    const schedule = frameSchedule(commit, (callback) => frames.push(callback));
    const wrong = new Error('wrong');
    schedule(() => done.push('a'));
    const callOff = schedule(() => done.push('called off'));
    schedule(() => {
      throw wrong;
    });
    schedule(() => done.push('b'));
    callOff();
    expect(frames).toHaveLength(1);
    frames.splice(0).forEach((frame) => frame());
    expect(done).toEqual(['begin', 'a', 'b', 'end']);
    expect(failed.mock.calls).toEqual([[wrong]]);
    schedule(() => done.push('c'));
    frames.splice(0).forEach((frame) => frame());
    expect(done.slice(4)).toEqual(['begin', 'c', 'end']);
    vi.unstubAllGlobals();
  });
});

describe('a feed', () => {
  it('opens again after a break, at once longer only while nothing arrives', async () => {
    const { clock, waits, frame } = bench();
    const opens = [stream([1, 2], new Error('cut')), stream<number>([], new Error('cut')), stream<number>([], new Error('cut'))];
    const apply = vi.fn();
    let opened = 0;
    const stop = startFeed<number>(
      {
        open: (signal) => {
          const next = opens[opened];
          opened += 1;
          return next === undefined ? never(signal) : Promise.resolve(next);
        },
        apply,
      },
      clock,
    );
    await vi.waitFor(() => expect(opened).toBe(4));
    frame();
    expect(apply).toHaveBeenCalledWith([1, 2]);
    expect(waits).toEqual([250, 500, 1000]);
    stop();
  });

  it('gives up where the answer is final, and says so', async () => {
    const { clock, waits } = bench();
    const onProblem = vi.fn();
    startFeed<number>({ open: () => Promise.reject(new ORPCError('NOT_FOUND')), apply: vi.fn(), onProblem }, clock);
    await vi.waitFor(() => expect(onProblem).toHaveBeenCalledTimes(1));
    expect(waits).toEqual([]);
  });

  it('is over where the end of the stream is the end of the matter', async () => {
    const { clock, waits, frame } = bench();
    const apply = vi.fn();
    const open = vi.fn(() => Promise.resolve(stream([7])));
    startFeed<number>({ open, apply, ends: true }, clock);
    await settle();
    frame();
    expect(apply).toHaveBeenCalledWith([7]);
    expect(open).toHaveBeenCalledTimes(1);
    expect(waits).toEqual([]);
  });

  it('applies nothing after the reader has left', async () => {
    const { clock, frame } = bench();
    const apply = vi.fn();
    const stop = startFeed<number>({ open: () => Promise.resolve(stream([1])), apply, ends: true }, clock);
    await settle();
    stop();
    frame();
    expect(apply).not.toHaveBeenCalled();
  });
});
