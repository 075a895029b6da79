import { closeSync, fsyncSync, openSync } from 'node:fs';
import { closeRecord, openRecord, type OpenRecordOptions } from '../open.ts';
import { writeAllureResults } from './allure.ts';
import { TextFile, type FormJob, type RecordForm, type RunFacts } from './form.ts';
import { writePage } from './page.ts';
import { writeResultsCsv, writeResultsJson } from './tables.ts';
import { writeXunit } from './xunit.ts';

export interface FormWish {
  /** The record. */
  source: string;
  facts: RunFacts;
  form: RecordForm;
  /** The file to write; for Allure the folder, which is there. */
  target: string;
}

const TEXTS: Readonly<Record<Exclude<RecordForm, 'allure.zip'>, (job: FormJob, file: TextFile) => void>> = {
  'results.csv': writeResultsCsv,
  'results.json': writeResultsJson,
  'page.html': writePage,
  'xunit.xml': writeXunit,
};

/** Takes seconds for a record of millions of rows: call it in a thread. */
export function writeForm(wish: FormWish, csv: FormJob['csv'], options: OpenRecordOptions = {}): void {
  const record = openRecord(wish.source, options);
  try {
    const job = { record, facts: wish.facts, csv };
    if (wish.form === 'allure.zip') writeAllureResults(job, wish.target);
    else writeText(job, TEXTS[wish.form], wish.target);
  } finally {
    closeRecord(record);
  }
}

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
