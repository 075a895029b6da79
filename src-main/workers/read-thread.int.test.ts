import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ReadThread } from './read-thread.ts';

// A thread side in plain JavaScript, speaking what serve-queries.ts speaks, that can also die.
const folder = mkdtempSync(join(tmpdir(), 'atn-thread-'));
const file = join(folder, 'side.mjs');
writeFileSync(
  file,
  `import { parentPort, workerData } from 'node:worker_threads';
  parentPort.on('message', (message) => {
    if (message === 'leave') return parentPort.close();
    if (message.name === 'die') process.exit(3);
    if (message.name === 'refuse') return parentPort.postMessage({ id: message.id, error: { message: 'gone', known: { code: 'NOT_FOUND', data: { details: ['a'], reasons: [] } } } });
    if (message.name === 'full') return parentPort.postMessage({ id: message.id, error: { message: 'x', systemCode: 'ENOSPC' } });
    parentPort.postMessage({ id: message.id, value: [workerData.greeting, message.input] });
  });`,
);
afterAll(() => rmSync(folder, { recursive: true }));

type Side = {
  say: (input: string) => string[];
  die: (input: undefined) => never;
  refuse: (input: undefined) => never;
  full: (input: undefined) => never;
};
const start = () => new ReadThread<Side>(file, { greeting: 'hello' });

describe('a reading thread', () => {
  it('answers each its own, and hands errors over with code and details', async () => {
    const thread = start();
    expect(await Promise.all(['a', 'b', 'c'].map((input) => thread.ask('say', input)))).toEqual([
      ['hello', 'a'],
      ['hello', 'b'],
      ['hello', 'c'],
    ]);
    await expect(thread.ask('refuse', undefined)).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'gone', data: { details: ['a'] } });
    await expect(thread.ask('full', undefined)).rejects.toMatchObject({ code: 'DISK_FULL' });
    await thread.close();
  });
  it('tells who waits when it dies, and starts anew for the next', async () => {
    const thread = start();
    const waiting = [thread.ask('die', undefined), thread.ask('say', 'never')];
    for (const each of waiting) await expect(each).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(await thread.ask('say', 'again')).toEqual(['hello', 'again']);
    await thread.close();
  });
  it('can be started before it is asked, which changes nothing else', async () => {
    const thread = start();
    thread.warm();
    thread.warm();
    expect(await thread.ask('say', 'a')).toEqual(['hello', 'a']);
    await thread.close();
    thread.warm();
    await expect(thread.ask('say', 'b')).rejects.toMatchObject({ code: 'CANCELLED' });
    const never = start();
    never.warm();
    await never.close();
  });
  it('closes while it is asked, and says so', async () => {
    const thread = start();
    await thread.ask('say', 'first');
    const asked = thread.ask('say', 'second').catch((error: unknown) => error);
    await thread.close();
    expect(await asked).toMatchObject({ code: 'CANCELLED' });
    await expect(thread.ask('say', 'third')).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
