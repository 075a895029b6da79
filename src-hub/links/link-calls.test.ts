import { describe, expect, it } from 'vitest';
import { LinkCalls } from './link-calls.ts';

/** Processes of one hub: what one carries, all others hear. */
function processes(count: number): LinkCalls[] {
  const all = Array.from({ length: count }, () => new LinkCalls());
  for (const one of all)
    one.join((carried) => all.filter((other) => other !== one).forEach((other) => other.hear(structuredClone(carried))));
  return all;
}

describe('questions to harnesses', () => {
  it('reach the one process that has the link, and only the asker hears the answer', async () => {
    const [first, second, third] = processes(3) as [LinkCalls, LinkCalls, LinkCalls];
    const asked: string[] = [];
    second.add('s', (event, message) => (asked.push(`${event} ${String(message)}`), Promise.resolve({ of: message })));
    expect(await Promise.all([first.ask('s', 'console', 1), third.ask('s', 'console', 2), second.ask('s', 'console', 3)])).toEqual([
      { of: 1 },
      { of: 2 },
      { of: 3 },
    ]);
    expect(asked.sort()).toEqual(['console 1', 'console 2', 'console 3']);
  });
  it('fail at once where the link is lost meanwhile, and where nobody else could have it', async () => {
    const [first, second] = processes(2) as [LinkCalls, LinkCalls];
    second.add('s', () => Promise.reject(new Error('lost')));
    await expect(first.ask('s', 'console', 1)).rejects.toThrow('lost');
    await expect(new LinkCalls().ask('s', 'console', 1)).rejects.toThrow('no such link');
  });
  it('go no more to a link that has left, though a later one has the same session', async () => {
    const calls = new LinkCalls();
    const leave = calls.add('s', () => Promise.resolve('old'));
    calls.add('s', () => Promise.resolve('new'));
    leave();
    expect(await calls.ask('s', 'console', 1)).toBe('new');
  });
  it('are not moved by what is no message of ours', () => {
    const calls = new LinkCalls();
    for (const said of [null, 7, {}, { kind: 'ask' }, { kind: 'answer', id: 'unknown', answer: 1 }]) calls.hear(said);
  });
});
