import type { RecordReader } from './open.ts';

/** Write what a record holds at this moment into one file of its own, which must not exist; the record may be written meanwhile. */
export function copyRecord(record: RecordReader, target: string): void {
  record.database.prepare('VACUUM INTO ?').run(target);
}
