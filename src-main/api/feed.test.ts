import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { coalescedFeed } from './feed.ts';

function numbers(signal?: AbortSignal, pauseMs = 0) {
  const listeners = new Set<(change: number) => void>();
  const feed = coalescedFeed<number, number[], number[]>({
    listen: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    first: () => [],
    merge: (pending = [], change) => [...pending, change],
    take: (pending) => (pending.includes(-1) ? undefined : pending),
    signal,
    pauseMs,
    urgent: (change) => change === 0,
  });
  return { feed, listeners, say: (change: number) => listeners.forEach((listener) => listener(change)) };
}

describe('a coalesced feed', () => {
  it('opens with the present state, merges what happened meanwhile, and goes on', async () => {
    const { feed, say } = numbers();
    expect((await feed.next()).value).toEqual([]);
    say(1);
    say(2);
    expect((await feed.next()).value).toEqual([1, 2]);
    const waiting = feed.next();
    say(-1);
    await turn();
    say(3);
    expect((await waiting).value).toEqual([3]);
    await feed.return();
  });
  it('ends at once when the reader leaves while nothing happens, and stops listening', async () => {
    const { feed, listeners } = numbers();
    await feed.next();
    const waiting = feed.next();
    expect(listeners.size).toBe(1);
    await feed.return();
    expect(await waiting).toMatchObject({ done: true });
    expect(listeners.size).toBe(0);
  });
  it('stops listening when the reader leaves between two items', async () => {
    const { feed, listeners } = numbers();
    await feed.next();
    await feed.return();
    expect(listeners.size).toBe(0);
  });
  it('ends when its signal aborts, in the middle of a pause too', async () => {
    const abort = new AbortController();
    const { feed, say, listeners } = numbers(abort.signal, 60_000);
    await feed.next();
    say(1);
    await feed.next();
    const waiting = feed.next();
    abort.abort();
    expect(await waiting).toMatchObject({ done: true });
    expect(listeners.size).toBe(0);
  });
  it('holds nothing back that is urgent, be it said in the pause or before it', async () => {
    const { feed, say } = numbers(undefined, 2 ** 30);
    await feed.next();
    say(1);
    expect((await feed.next()).value).toEqual([1]);
    const inPause = feed.next();
    say(2);
    await turn();
    say(0);
    expect((await inPause).value).toEqual([2, 0]);
    say(0);
    expect((await feed.next()).value).toEqual([0]);
    await feed.return();
  });
});
