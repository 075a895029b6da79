import {
  closeWriter,
  createRecord,
  inOneBatch,
  putItems,
  putMessages,
  sealRecord,
  setMeta,
  type NewItem,
  type RecordWriter,
} from '@atn/run-record';
import { call, implement } from '@orpc/server';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { harnessContract } from '../../../src-shared/contract/index.ts';
import type { RecordDelta } from '../../../src-shared/model/record.ts';
import { recordPart } from '../../api/record.ts';
import { Changes } from '../../changes.ts';
import { WorkbenchError } from '../../errors.ts';
import type { ApiContext } from '../../harness.ts';
import { runFolder } from '../../robot/run-files.ts';
import { RecordFollower } from './follow-record.ts';
import { RecordService, type RecordedRun } from './record-service.ts';

// Reading through the thread and the contract, while a writer of the same process plays the listener.
const home = mkdtempSync(join(tmpdir(), 'atn-record-'));
const changes = new Changes();
const runs = new Map<string, { ended: boolean; results: number }>();
const findRun = (id: string): RecordedRun => {
  const run = runs.get(id);
  if (run === undefined) throw new WorkbenchError('NOT_FOUND');
  return { folder: runFolder(join(home, id)), ...run };
};
const record = new RecordService({ findRun, nativeBinding: null });
const router = {
  record: implement(harnessContract.record)
    .$context<ApiContext>()
    .router(
      recordPart({
        record,
        follow: (id, cursor) => new RecordFollower({ record, changes, findRun }, id, cursor),
        merged: () => Promise.resolve([]),
      }),
    ),
};
const context = { context: { caller: { user: 'ada', origin: 'desktop' as const } } };
let id = '';
let count = 0;

beforeEach(() => {
  count += 1;
  id = `run-${count}`;
  runs.set(id, { ended: false, results: 0 });
  mkdirSync(join(home, id));
});
afterAll(async () => {
  await record.close();
  rmSync(home, { recursive: true });
});

const file = () => runFolder(join(home, id)).record;
const grew = () => changes.emit('record:grew', { runId: id });
const root: NewItem = { id: 1, parent: null, kind: 'suite', name: 'Root', status: 'running', tests: 2, startedAt: 5 };
const test = (number: number, more: Partial<NewItem> = {}): NewItem => ({
  id: number,
  parent: 1,
  kind: 'test',
  name: `Test ${number}`,
  startedAt: 6,
  ...more,
});

async function deltaOf(feed: AsyncIterator<RecordDelta, unknown, undefined>): Promise<RecordDelta | undefined> {
  const result = await feed.next();
  return result.done === true ? undefined : result.value;
}
function begin(): RecordWriter {
  const writer = createRecord(file());
  setMeta(writer, 'totalTests', '2');
  putItems(writer, [root]);
  return writer;
}
function end(): void {
  runs.set(id, { ended: true, results: 1 });
  changes.emit('runs:changed', { ids: [id], removed: [] });
}
/** 1,000 tests of 100 keywords each, every tenth test failing in its last keyword. */
function fillBig(writer: RecordWriter): void {
  inOneBatch(writer, () => {
    for (let number = 0; number < 1000; number += 1) {
      const first = 2 + number * 101;
      const failed = number % 10 === 9;
      const keywords = Array.from({ length: 100 }, (_, n): NewItem => ({
        id: first + 1 + n,
        parent: first,
        kind: 'keyword',
        name: `Step ${n}`,
        arguments: [`value ${number}`],
        ...(failed && n === 99 ? { status: 'failed', message: 'no power' } : {}),
      }));
      putItems(writer, [test(first, failed ? { status: 'failed', message: 'no power' } : {}), ...keywords]);
      putMessages(
        writer,
        keywords.map((keyword) => ({ item: keyword.id, text: `said by ${keyword.name} of ${number}` })),
      );
    }
  });
}

describe('a record', () => {
  it('is empty before it is there, and is read while it is written', async () => {
    expect(await call(router.record.children, { id }, context)).toEqual({ items: [], more: false });
    expect(await call(router.record.failures, { id }, context)).toEqual({ failures: [], total: 0, more: false });
    expect(await call(router.record.find, { id, text: 'x' }, context)).toEqual({ items: [], resumeAt: null });
    const writer = begin();
    const { items } = await call(router.record.children, { id }, context);
    expect(items).toMatchObject([{ id: 1, kind: 'suite', name: 'Root', status: 'running', assign: null, args: [] }]);
    putItems(writer, [
      test(2, { arguments: ['a'], assign: ['${x}', '@{y}'], tags: ['smoke'] }),
      test(3, { status: 'failed', message: 'no power' }),
    ]);
    putMessages(writer, [
      { item: 3, text: 'said', level: 'warn', time: 9 },
      { item: null, text: 'of all', level: 'error' },
    ]);
    expect((await call(router.record.children, { id, parent: 1, limit: 1 }, context)).more).toBe(true);
    expect(await call(router.record.items, { id, ids: [3, 99, 2] }, context)).toMatchObject([
      { id: 3 },
      { id: 2, assign: '${x}, @{y}', tags: ['smoke'] },
    ]);
    expect((await call(router.record.path, { id, item: 3 }, context)).map((item) => item.id)).toEqual([1, 3]);
    expect(await call(router.record.messages, { id, item: 3 }, context)).toMatchObject({
      messages: [{ at: 9, level: 'WARN', text: 'said', fullLength: null }],
    });
    expect(await call(router.record.messages, { id, item: null }, context)).toMatchObject({ messages: [{ level: 'ERROR', item: null }] });
    expect(await call(router.record.failures, { id }, context)).toMatchObject({
      total: 1,
      failures: [{ test: { id: 3 }, keyword: null, message: 'no power' }],
    });
    await expect(call(router.record.path, { id, item: 99 }, context)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    closeWriter(writer);
  });
  it('says the length of a message that the listener has cut', async () => {
    const writer = begin();
    putMessages(writer, [{ item: 1, text: 'head\n[... 900 of 1000 characters are left out here, output.xml has them all ...]\ntail' }]);
    expect((await call(router.record.messages, { id, item: 1 }, context)).messages[0]?.fullLength).toBe(1000);
    closeWriter(writer);
  });
  it('can be sealed right after its run, although it was read all the time', async () => {
    const writer = begin();
    await call(router.record.children, { id }, context);
    closeWriter(writer);
    await expect.poll(() => sealRecord(file()), { timeout: 3000 }).toBe(true);
  });
  it('says what is wrong when it is gone or damaged', async () => {
    runs.set(id, { ended: true, results: 3 });
    await expect(call(router.record.children, { id }, context)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('record.db') as string,
    });
    writeFileSync(file(), 'this is no database, but long enough to be taken for one by who only counts bytes. '.repeat(50));
    await expect(call(router.record.children, { id }, context)).rejects.toMatchObject({
      message: expect.stringContaining('damaged') as string,
    });
    await expect(call(router.record.children, { id: 'nobody' }, context)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    runs.set(id, { ended: true, results: 0 });
    rmSync(file());
    expect(await call(router.record.children, { id }, context)).toEqual({ items: [], more: false });
  });
});

describe('following a record', () => {
  it('begins with nothing, goes on as it grows, says each thing once, and ends after the run', async () => {
    const feed = await call(router.record.follow, { id }, context);
    const next = () => deltaOf(feed);
    expect(await next()).toMatchObject({ items: [], maxItem: 0, consoleSize: 0 });
    const writer = begin();
    appendFileSync(runFolder(join(home, id)).console, 'hello');
    grew();
    expect(await next()).toMatchObject({
      items: [{ id: 1, status: 'running' }],
      runningPath: [{ id: 1 }],
      consoleSize: 5,
      counts: { notRun: 2 },
    });
    grew(); // nothing new: says nothing
    putItems(writer, [test(2, { status: 'running' }), { id: 3, parent: 2, kind: 'keyword', name: 'Log', status: 'running' }]);
    grew();
    expect(await next()).toMatchObject({
      items: [{ id: 2, status: 'running' }],
      runningPath: [{ id: 1 }, { id: 2 }, { id: 3 }],
      maxItem: 3,
    });
    putItems(writer, [{ id: 3, parent: 2, kind: 'keyword', name: 'Log' }, test(2), { ...root, status: 'passed' }]);
    end();
    const last = await next();
    expect(last).toMatchObject({ runningPath: [], counts: { passed: 1, failed: 0 } });
    expect(last?.items.map((item) => [item.id, item.status])).toEqual([
      [1, 'passed'],
      [2, 'passed'],
    ]);
    expect((await feed.next()).done).toBe(true);
    closeWriter(writer);
  });
  it('goes on where a reader was', async () => {
    const writer = begin();
    putItems(writer, [test(2), test(3, { status: 'running' })]);
    const feed = await call(router.record.follow, { id }, context);
    const cursor = (await deltaOf(feed))?.cursor;
    await feed.return?.();
    putItems(writer, [test(3), test(4)]);
    const again = await call(router.record.follow, { id, cursor }, context);
    expect((await deltaOf(again))?.items.map((item) => item.id)).toEqual([3, 4]);
    await again.return?.();
    await expect(call(router.record.follow, { id, cursor: 'nonsense' }, context)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    closeWriter(writer);
  });
  it('gives ten thousand tests in parts, all of them, and what happened meanwhile', async () => {
    const writer = begin();
    inOneBatch(writer, () =>
      putItems(
        writer,
        Array.from({ length: 10_000 }, (_, n) => test(n + 2)),
      ),
    );
    const feed = await call(router.record.follow, { id }, context);
    const seen = new Map<number, string>();
    let parts = 0;
    const take = async () => {
      const value = await deltaOf(feed);
      parts += 1;
      for (const item of value?.items ?? []) seen.set(item.id, item.status);
      return value;
    };
    await take();
    putItems(writer, [test(20_000)]);
    grew();
    while (!seen.has(20_000)) await take();
    expect(seen.size).toBe(10_002);
    expect(parts).toBeGreaterThan(10);
    putItems(writer, [{ ...root, status: 'passed' }]);
    end();
    while (!(await feed.next()).done) continue;
    closeWriter(writer);
  });
  it('keeps nothing for a reader that does not read', async () => {
    const writer = begin();
    const feed = await call(router.record.follow, { id }, context);
    await feed.next();
    for (let n = 0; n < 2000; n += 1) {
      putItems(writer, [test(n + 2)]);
      grew();
    }
    expect((await deltaOf(feed))?.items).toHaveLength(1000);
    expect((await deltaOf(feed))?.items).toHaveLength(1000);
    await feed.return?.();
    closeWriter(writer);
  });
});

describe('a record of 100,000 keywords', () => {
  it('is searched, and its failures listed, without holding up the main process', async () => {
    const writer = begin();
    fillBig(writer);
    await call(router.record.children, { id }, context);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const found: number[] = [];
    for (let afterId: number | null = 0; afterId !== null;) {
      const part: { items: { id: number }[]; resumeAt: number | null } = await call(
        router.record.find,
        { id, text: 'Step 42 OF 77', afterId, limit: 100 },
        context,
      );
      found.push(...part.items.map((item) => item.id));
      afterId = part.resumeAt;
    }
    const failures = await call(router.record.failures, { id, limit: 2000 }, context);
    delay.disable();
    expect(found).toEqual([77, 770, 771, 772, 773, 774, 775, 776, 777, 778, 779].map((number) => 2 + number * 101 + 43));
    expect(failures).toMatchObject({ total: 100, more: false });
    expect(failures.failures[0]).toMatchObject({
      test: { name: expect.stringContaining('Test') as string },
      keyword: { name: 'Step 99' },
      message: 'no power',
    });
    expect(delay.max / 1e6).toBeLessThan(50);
    closeWriter(writer);
  });
});
