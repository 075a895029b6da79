import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ReadThread } from '../../workers/read-thread.ts';
import type { CopyRecordQueries, CopyRecordSettings } from './copy-record.thread.ts';
import threadFile from './copy-record.thread?modulePath';
import type { CopyRecord } from './zip-report.ts';

/** Copies records in a thread that lives as long as the copy: 240 MB take a second, and a live view must not wait for it. */
export function recordCopier(scratch: string, settings: CopyRecordSettings): CopyRecord {
  return async (source) => {
    await mkdir(scratch, { recursive: true });
    const folder = await mkdtemp(join(scratch, 'record-'));
    const dispose = () => rm(folder, { recursive: true, force: true });
    const thread = new ReadThread<CopyRecordQueries>(threadFile, settings);
    try {
      const file = join(folder, 'record.db');
      await thread.ask('copy', { source, target: file });
      return { file, dispose };
    } catch (error) {
      await dispose();
      throw error;
    } finally {
      await thread.close();
    }
  };
}
