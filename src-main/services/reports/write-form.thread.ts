import { closeRecord, openRecord } from '@atn/run-record';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { serveQueries } from '../../workers/serve-queries.ts';
import { writeAllureResults } from './forms/allure.ts';
import { TextFile, type FormJob, type RecordForm, type RunFacts } from './forms/form.ts';
import { writePage } from './forms/page.ts';
import { writeResultsCsv, writeResultsJson } from './forms/tables.ts';

export interface WriteFormSettings {
  nativeBinding: string | null;
}

const { nativeBinding } = workerData as WriteFormSettings;

const TEXTS: Readonly<Record<Exclude<RecordForm, 'allure.zip'>, (job: FormJob, file: TextFile) => void>> = {
  'results.csv': writeResultsCsv,
  'results.json': writeResultsJson,
  'page.html': writePage,
};

const queries = {
  /** `target`: the file to write; for Allure the folder, which is there. */
  write: ({ source, facts, form, target }: { source: string; facts: RunFacts; form: RecordForm; target: string }): void => {
    const record = openRecord(source, nativeBinding === null ? {} : { nativeBinding });
    try {
      if (form === 'allure.zip') writeAllureResults({ record, facts }, target);
      else writeText({ record, facts }, TEXTS[form], target);
    } finally {
      closeRecord(record);
    }
  },
};
export type WriteFormQueries = typeof queries;

function writeText(job: FormJob, write: (job: FormJob, file: TextFile) => void, target: string): void {
  const descriptor = openSync(target, 'w');
  try {
    const file = new TextFile(descriptor);
    write(job, file);
    file.flush();
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

serveQueries(queries);
