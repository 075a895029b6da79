import { createRecord, closeWriter, metaValue, readMeta, setMeta } from '@atn/run-record';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { OpenRecords } from './open-records.ts';

const folder = mkdtempSync(join(tmpdir(), 'atn-open-records-'));
const records = new OpenRecords();
afterEach(() => {
  records.closeIn(folder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

const place = () => join(folder, 'run', 'record.db');

describe('records that are kept open', () => {
  it('are made, and what one way writes the other reads', () => {
    expect(() => records.read(place())).toThrow('no run record');
    setMeta(records.write(place()), 'robot', '7.3');
    expect(readMeta(records.read(place())).robot).toBe('7.3');
    setMeta(records.write(place()), 'robot', '7.4');
    expect(readMeta(records.read(place())).robot).toBe('7.4');
    expect(records.read(place())).toBe(records.read(place()));
  });

  it('are opened anew when another file lies there', () => {
    setMeta(records.write(place()), 'robot', 'old');
    expect(readMeta(records.read(place())).robot).toBe('old');
    const other = createRecord(join(folder, 'other.db'));
    setMeta(other, 'robot', 'new');
    closeWriter(other);
    records.closeIn(join(folder, 'run'));
    renameSync(join(folder, 'other.db'), place());
    expect(readMeta(records.read(place())).robot).toBe('new');
    expect(metaValue(records.write(place()), 'robot')).toBe('new');
  });

  it('are begun again where somebody was ended while making one, and nothing else is thrown away', () => {
    mkdirSync(join(folder, 'run'));
    writeFileSync(place(), '');
    setMeta(records.write(place()), 'robot', 'whole');
    expect(readMeta(records.read(place())).robot).toBe('whole');
    records.closeIn(folder);
    writeFileSync(place(), 'no record at all'.repeat(1000));
    expect(() => records.write(place())).toThrow();
  });
});
