import { counts } from '../meta.ts';
import { testResults } from '../results.ts';
import { escaped, iso, milliseconds, type FormJob, type TextFile } from './form.ts';

const ROOT = (name: string, attributes: string) => `<testsuite name="${escaped(name)}" ${attributes}>`;

/** One suite with a case a test, as readers of xUnit take it: for who has the record and no Robot that would make it of its own output. */
export function writeXunit({ record, facts }: FormJob, file: TextFile): void {
  const { failed, skipped, notRun, running, total } = counts(record);
  const seconds = (elapsed: number | null) => (milliseconds(elapsed) / 1000).toFixed(3);
  const of = `tests="${total}" errors="${running}" failures="${failed}" skipped="${skipped + notRun}" timestamp="${iso(facts.at)}"`;
  file.write(`<?xml version="1.0" encoding="UTF-8"?>\n${ROOT(facts.name, of)}\n`);
  for (const { suites, name, status, message, elapsedMicroseconds } of testResults(record)) {
    const head = `<testcase classname="${escaped(suites.join('.'))}" name="${escaped(name)}" time="${seconds(elapsedMicroseconds)}"`;
    const said = escaped(message ?? '');
    if (status === 'passed') file.write(`${head}/>\n`);
    else if (status === 'failed') file.write(`${head}><failure type="AssertionError" message="${said}">${said}</failure></testcase>\n`);
    else if (status === 'running') file.write(`${head}><error message="It never came to an end."/></testcase>\n`);
    else file.write(`${head}><skipped message="${said}"/></testcase>\n`);
  }
  file.write('</testsuite>\n');
}
