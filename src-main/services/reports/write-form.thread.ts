import { writeForm, type FormWish } from '@atn/run-record/forms';
import { workerData } from 'node:worker_threads';
import { writeCsv } from '../../../src-shared/text/csv.ts';
import { serveQueries } from '../../workers/serve-queries.ts';

export interface WriteFormSettings {
  nativeBinding: string | null;
}

const { nativeBinding } = workerData as WriteFormSettings;

const queries = {
  write: (wish: FormWish): void => writeForm(wish, writeCsv, nativeBinding === null ? {} : { nativeBinding }),
};
export type WriteFormQueries = typeof queries;

serveQueries(queries);
