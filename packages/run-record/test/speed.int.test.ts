import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  changesSince,
  children,
  closeRecord,
  closeWriter,
  createRecord,
  failures,
  find,
  inOneBatch,
  messages,
  openRecord,
  putItems,
  putMessages,
  type NewItem,
  type NewMessage,
} from '../src/index.ts';
import { temporaryFolder } from './fixture.ts';

const tests = 1_000;
const keywordsPerTest = 100;

/** 1,000 tests in 10 suites, 100 keywords and messages each: what a day in a lab makes. */
function largeRecord(): string {
  const path = join(temporaryFolder(), 'record.db');
  const writer = createRecord(path);
  inOneBatch(writer, () => {
    putItems(writer, largeRun());
    putMessages(writer, largeMessages());
  });
  closeWriter(writer);
  return path;
}

function* largeRun(): Generator<NewItem> {
  yield { id: 1, parent: null, kind: 'suite', name: 'Root', tests };
  let id = 1;
  for (let test = 0; test < tests; test += 1) {
    const suite = 2 + Math.floor(test / 100) * (100 * (keywordsPerTest + 1) + 1);
    if (test % 100 === 0) yield { id: (id += 1), parent: 1, kind: 'suite', name: `Suite ${test / 100}`, tests: 100 };
    const parent = (id += 1);
    const status = test % 50 === 0 ? 'failed' : 'passed';
    yield { id: parent, parent: suite, kind: 'test', name: `Test ${test}`, status };
    for (let step = 0; step < keywordsPerTest; step += 1) {
      const failed = status === 'failed' && step === keywordsPerTest - 1;
      yield {
        id: (id += 1),
        parent,
        kind: 'keyword',
        name: `Keyword ${step}`,
        owner: 'Library',
        arguments: [`value ${id}`],
        status: failed ? 'failed' : 'passed',
      };
    }
  }
}

function* largeMessages(): Generator<NewMessage> {
  for (let number = 0; number < tests * keywordsPerTest; number += 1) {
    const test = Math.floor(number / keywordsPerTest);
    const item = 2 + Math.floor(test / 100) + 1 + test * (keywordsPerTest + 1) + (number % keywordsPerTest) + 1;
    yield { item, text: `Message number ${number} of a usual length, with a few words more.` };
  }
}

/** The best of three: what the machine does besides is not the question. */
function milliseconds(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times);
}

describe('a record of 100,000 keywords', () => {
  it('answers at once', () => {
    const path = largeRecord();
    const record = openRecord(path);
    const figures = {
      'open and first level': milliseconds(() => {
        const fresh = openRecord(path);
        expect(children(fresh, null, { limit: 100 })[0]?.name).toBe('Root');
        expect(children(fresh, 1, { limit: 100 })).toHaveLength(10);
        closeRecord(fresh);
      }),
      'branch of 100': milliseconds(() => expect(children(record, 3, { limit: 200 })).toHaveLength(100)),
      'branch of 100, again': milliseconds(() => expect(children(record, 104, { limit: 200 })).toHaveLength(100)),
      'messages of a keyword': milliseconds(() => expect(messages(record, 4, { limit: 9 })).toHaveLength(1)),
      '20 failures with cause': milliseconds(() => expect(failures(record, { limit: 50 })).toHaveLength(20)),
      'find in the middle': milliseconds(() => expect(find(record, 'number 50000 of', { limit: 5 }).items.length).toBeLessThan(2)),
      'find nothing': milliseconds(() => expect(find(record, 'no such text', { limit: 5, budgetMilliseconds: 5_000 }).items).toEqual([])),
      'all structure': milliseconds(() => expect(changesSince(record, null).items).toHaveLength(1_011)),
      'nothing new': milliseconds(() =>
        expect(changesSince(record, { lastItem: 101_011, lastMessage: 100_000, open: [] }).items).toEqual([]),
      ),
    };
    closeRecord(record);
    const lines = Object.entries(figures).map(([name, value]) => `${value.toFixed(1).padStart(8)} ms  ${name}`);
    console.log(`record of 100,000 keywords\n${lines.join('\n')}`);
    // Wide limits: a loaded machine must not fail the test, a missing index must.
    expect(figures['open and first level']).toBeLessThan(200);
    expect(figures['branch of 100']).toBeLessThan(50);
    expect(figures['20 failures with cause']).toBeLessThan(100);
    expect(figures['find nothing']).toBeLessThan(2_000);
    expect(figures['nothing new']).toBeLessThan(50);
  });
});
