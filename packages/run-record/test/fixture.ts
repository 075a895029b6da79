import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openRecord, type RecordReader } from '../src/open.ts';
import { closeWriter, createRecord, putItems, putMessages, setMeta, type RecordWriter } from '../src/writer.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atn-record-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A record and the door to it, closed with the test. */
export function fixture(fill: (writer: RecordWriter) => void): { writer: RecordWriter; record: RecordReader } {
  const path = join(temporaryFolder(), 'record.db');
  const writer = createRecord(path);
  fill(writer);
  const record = openRecord(path);
  onTestFinished(() => {
    record.database.close();
    closeWriter(writer);
  });
  return { writer, record };
}

/** Root > suite > two tests; the second fails in a keyword of a keyword, after a failure that was caught. */
export function smallRun(writer: RecordWriter): void {
  putItems(writer, [
    { id: 1, parent: null, kind: 'suite', name: 'Root', tests: 3, status: 'running', source: '/root' },
    { id: 2, parent: 1, kind: 'suite', name: 'Login', tests: 3, status: 'running', source: '/root/login.robot', robotId: 's1-s1' },
    { id: 3, parent: 2, kind: 'test', name: 'Good', tags: ['smoke'], source: '/root/login.robot', line: 4, robotId: 's1-s1-t1' },
    { id: 4, parent: 3, kind: 'keyword', name: 'Log', owner: 'BuiltIn', arguments: ['say "hi" 100%'] },
    { id: 5, parent: 2, kind: 'test', name: 'Bad', status: 'failed', message: 'no power', source: '/root/login.robot' },
    { id: 6, parent: 5, kind: 'try', name: 'TRY/EXCEPT' },
    { id: 7, parent: 6, kind: 'tryBranch', name: 'TRY', status: 'failed', message: 'caught' },
    { id: 8, parent: 7, kind: 'keyword', name: 'Fail', status: 'failed', message: 'caught' },
    { id: 9, parent: 5, kind: 'keyword', name: 'Power On', status: 'failed', message: 'no power', source: '/root/power.resource' },
    { id: 10, parent: 9, kind: 'keyword', name: 'Send', status: 'failed', message: 'no power' },
    { id: 11, parent: 5, kind: 'teardown', name: 'Clean', status: 'failed', message: 'later' },
  ]);
  putMessages(writer, [
    { item: 4, text: 'say "hi" 100%', time: 7 },
    { item: 10, text: '<b>no power</b>', level: 'fail', html: true },
    { item: null, text: 'library is deprecated', level: 'warn' },
  ]);
  setMeta(writer, 'totalTests', '3');
}
