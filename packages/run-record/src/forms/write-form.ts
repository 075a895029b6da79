import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { closeRecord, openRecord, type OpenRecordOptions } from '../open.ts';
import { writeAllureResults } from './allure.ts';
import { TextFile, type FormJob, type RecordForm, type RunFacts } from './form.ts';
import { writePage } from './page.ts';
import { writeResultsCsv, writeResultsJson } from './tables.ts';
import { readRunTimeline } from './timeline.ts';
import { writeXunit } from './xunit.ts';

export interface FormWish {
  /** The record. The page can be made without one, where there is a timeline. */
  source: string;
  /** Where timeline.json of the report is, if it has one. */
  timeline: string | null;
  facts: RunFacts;
  form: RecordForm;
  /** The file to write; for Allure the folder, which is there. */
  target: string;
}

const TEXTS: Readonly<Record<Exclude<RecordForm, 'allure.zip' | 'page.html'>, (job: FormJob, file: TextFile) => void>> = {
  'results.csv': writeResultsCsv,
  'results.json': writeResultsJson,
  'xunit.xml': writeXunit,
};

/** Takes seconds for a record of millions of rows: call it in a thread. */
export function writeForm(wish: FormWish, csv: FormJob['csv'], options: OpenRecordOptions = {}): void {
  const timeline = wish.timeline === null ? null : readRunTimeline(wish.timeline);
  const about = { facts: wish.facts, csv, timeline };
  if (wish.form === 'page.html' && timeline !== null && !existsSync(wish.source)) {
    writeText({ ...about, record: null }, writePage, wish.target);
    return;
  }
  const record = openRecord(wish.source, options);
  try {
    const job = { ...about, record };
    if (wish.form === 'allure.zip') writeAllureResults(job, wish.target);
    else if (wish.form === 'page.html') writeText(job, writePage, wish.target);
    else writeText(job, TEXTS[wish.form], wish.target);
  } finally {
    closeRecord(record);
  }
}

function writeText<Job>(job: Job, write: (job: Job, file: TextFile) => void, target: string): void {
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
