import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  children,
  counts,
  errors,
  failures,
  firstFailure,
  item,
  messages,
  openRecord,
  pathTo,
  putItems,
  readMeta,
  setMeta,
  suiteMetadata,
  testResults,
} from '../src/index.ts';
import { schemaSql } from '../src/schema.ts';
import { fixture, smallRun, temporaryFolder } from './fixture.ts';

describe('schema', () => {
  it('is the text the listener uses', () => {
    const original = new URL('../../../resources/robot/record_schema.sql', import.meta.url);
    expect(schemaSql).toBe(readFileSync(original, 'utf8'));
  });
});

describe('openRecord', () => {
  it('tells a record that is not there from one that is not ready and from something else', () => {
    const folder = temporaryFolder();
    const path = (name: string, content: string): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    expect(() => openRecord(join(folder, 'nothing.db'))).toThrow(expect.objectContaining({ code: 'missing' }));
    expect(() => openRecord(path('empty.db', ''))).toThrow(expect.objectContaining({ code: 'notReady' }));
    expect(() => openRecord(path('text.db', 'no database at all\n'.repeat(99)))).toThrow(expect.objectContaining({ code: 'notARecord' }));
  });

  it('refuses a record of a newer workbench', () => {
    const { writer } = fixture(smallRun);
    writer.database.pragma('user_version = 2');
    expect(() => openRecord(writer.path)).toThrow(expect.objectContaining({ code: 'newerSchema' }));
  });
});

describe('tree', () => {
  it('answers one level a page at a time', () => {
    const { record } = fixture(smallRun);
    expect(children(record, null, { limit: 10 }).map((each) => each.name)).toEqual(['Root']);
    expect(children(record, 5, { limit: 2 }).map((each) => each.id)).toEqual([6, 9]);
    expect(children(record, 5, { limit: 2, afterId: 9 }).map((each) => each.id)).toEqual([11]);
    expect(children(record, 4, { limit: 2 })).toEqual([]);
  });

  it('gives everything a row of the tree shows', () => {
    const { record } = fixture(smallRun);
    const [log] = children(record, 3, { limit: 1 });
    expect(log).toMatchObject({ kind: 'keyword', owner: 'BuiltIn', arguments: ['say "hi" 100%'], status: 'passed' });
    expect(log).toMatchObject({ hasChildren: false, hasMessages: true, elapsedMicroseconds: 0 });
    expect(children(record, null, { limit: 1 })[0]).toMatchObject({ status: 'running', elapsedMicroseconds: null });
  });

  it('resolves the file of a keyword', () => {
    const { record } = fixture(smallRun);
    expect(item(record, 8)?.source).toBe('/root/login.robot');
    expect(item(record, 9)?.source).toBe('/root/power.resource');
    expect(item(record, 99)).toBeNull();
  });

  it('knows the way from the root', () => {
    const { record } = fixture(smallRun);
    expect(pathTo(record, 10).map((each) => each.id)).toEqual([1, 2, 5, 9, 10]);
    expect(pathTo(record, 99)).toEqual([]);
  });
});

describe('messages', () => {
  it('are those of one item, and errors those of none', () => {
    const { record } = fixture(smallRun);
    expect(messages(record, 10, { limit: 9 })).toEqual([{ id: 2, item: 10, time: 0, level: 'fail', html: true, text: '<b>no power</b>' }]);
    expect(errors(record, { limit: 9 }).map((each) => each.text)).toEqual(['library is deprecated']);
    expect(errors(record, { limit: 9, afterId: 3 })).toEqual([]);
  });

  it('keep text with NUL', () => {
    const text = 'before\u0000after \u{1F600}';
    const { record } = fixture((writer) => {
      putItems(writer, [{ id: 1, parent: null, kind: 'suite', name: text, message: text }]);
    });
    expect(item(record, 1)).toMatchObject({ name: text, message: text });
  });
});

describe('counts', () => {
  it('add up, tests that did not start yet included', () => {
    const { record } = fixture(smallRun);
    expect(counts(record)).toEqual({ passed: 1, failed: 1, skipped: 0, notRun: 1, running: 0, total: 3 });
  });

  it('follow a library that makes tests on the way', () => {
    const { record, writer } = fixture(smallRun);
    putItems(
      writer,
      [12, 13].map((id) => ({ id, parent: 2, kind: 'test', name: `Made ${id}`, status: 'running' })),
    );
    expect(counts(record)).toMatchObject({ running: 2, notRun: 0, total: 4 });
  });

  it('take what was seen for the total when the root suite has ended', () => {
    const { record, writer } = fixture(smallRun);
    putItems(writer, [{ id: 1, parent: null, kind: 'suite', name: 'Root', status: 'failed' }]);
    expect(counts(record)).toMatchObject({ notRun: 0, total: 2 });
  });
});

describe('failures', () => {
  it('name the deepest keyword that failed first, not one that was caught', () => {
    const { record } = fixture(smallRun);
    expect(firstFailure(record)).toMatchObject({ test: { name: 'Bad' }, cause: { id: 10, name: 'Send' } });
    expect(failures(record, { limit: 5 })).toHaveLength(1);
    expect(failures(record, { limit: 5, afterId: 5 })).toEqual([]);
  });

  it('look for the cause in the set-up of a suite when no keyword of the test failed', () => {
    const { record } = fixture((writer) =>
      putItems(writer, [
        { id: 1, parent: null, kind: 'suite', name: 'Root', status: 'failed' },
        { id: 2, parent: 1, kind: 'setup', name: 'Prepare', status: 'failed' },
        { id: 3, parent: 2, kind: 'keyword', name: 'Connect', status: 'failed', message: 'no route' },
        { id: 4, parent: 1, kind: 'test', name: 'One', status: 'failed', message: 'Parent suite setup failed' },
      ]),
    );
    expect(firstFailure(record)?.cause).toMatchObject({ name: 'Connect', message: 'no route' });
  });

  it('are none in a run that passed', () => {
    const { record } = fixture((writer) => putItems(writer, [{ id: 1, parent: null, kind: 'suite', name: 'Root' }]));
    expect(firstFailure(record)).toBeNull();
  });
});

describe('results of tests', () => {
  it('are complete in themselves', () => {
    const { record } = fixture(smallRun);
    const results = [...testResults(record)];
    expect(results.map((each) => [each.longName, each.status])).toEqual([
      ['Root.Login.Good', 'passed'],
      ['Root.Login.Bad', 'failed'],
    ]);
    expect(results[0]).toMatchObject({ suites: ['Root', 'Login'], tags: ['smoke'], robotId: 's1-s1-t1', line: 4 });
  });
});

describe('meta', () => {
  it('says what is known of the run', () => {
    const { record, writer } = fixture(smallRun);
    expect(readMeta(record)).toEqual({
      robot: null,
      python: null,
      startedAt: null,
      totalTests: 3,
      closed: false,
      dropped: null,
    });
    setMeta(writer, 'closed', '1');
    setMeta(writer, 'startedAt', '1700000000000');
    setMeta(writer, 'metadata:2', '{"Version":"4"}');
    expect(readMeta(record)).toMatchObject({ closed: true, startedAt: 1_700_000_000_000 });
    expect(suiteMetadata(record, 2)).toEqual({ Version: '4' });
    expect(suiteMetadata(record, 1)).toEqual({});
  });
});
