import { closeRecord, copyRecord, openRecord } from '@atn/run-record';
import { workerData } from 'node:worker_threads';
import { serveQueries } from '../../workers/serve-queries.ts';

export interface CopyRecordSettings {
  nativeBinding: string | null;
}

const { nativeBinding } = workerData as CopyRecordSettings;

const queries = {
  copy: ({ source, target }: { source: string; target: string }) => {
    const record = openRecord(source, nativeBinding === null ? {} : { nativeBinding });
    try {
      copyRecord(record, target);
    } finally {
      closeRecord(record);
    }
  },
};
export type CopyRecordQueries = typeof queries;

serveQueries(queries);
