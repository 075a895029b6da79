import { testResults } from '../results.ts';
import { iso, milliseconds, type FormJob, type TextFile } from './form.ts';

/** A line a test, for spreadsheets. Cells that would begin a formula are made harmless. */
export function writeResultsCsv({ record, facts, csv }: FormJob, file: TextFile): void {
  file.write('\uFEFF'); // without it spreadsheets do not take the file for UTF-8
  file.write(csv([['run', 'suite', 'test', 'status', 'started', 'seconds', 'tags', 'message']]));
  for (const { suites, name, status, startedAt, elapsedMicroseconds, tags, message } of testResults(record)) {
    const seconds = (milliseconds(elapsedMicroseconds) / 1000).toFixed(3);
    file.write(csv([[facts.name, suites.join('.'), name, status, iso(startedAt), seconds, tags.join(', '), message ?? '']]));
  }
}

/** The same with what is known of the run, for scripts. */
export function writeResultsJson({ record, facts }: FormJob, file: TextFile): void {
  const run = { ...facts, at: iso(facts.at) };
  file.write(`{"schema":1,"run":${JSON.stringify(run)},"tests":[`);
  let separator = '\n';
  for (const { suites, name, longName, status, startedAt, elapsedMicroseconds, tags, message, source, line } of testResults(record)) {
    const times = { startedAt: iso(startedAt), elapsedMs: milliseconds(elapsedMicroseconds) };
    file.write(`${separator}${JSON.stringify({ name, suites, longName, status, ...times, tags, message, source, line })}`);
    separator = ',\n';
  }
  file.write('\n]}\n');
}
