import { failures } from '../failures.ts';
import { children } from '../items.ts';
import { messages } from '../messages.ts';
import { counts } from '../meta.ts';
import type { RecordReader } from '../open.ts';
import { testResults } from '../results.ts';
import type { RecordFailure, RecordItem } from '../types.ts';
import { escaped, iso, milliseconds, type FormJob, type TextFile } from './form.ts';
import { PAGE_STYLE } from './page-style.ts';
import { writeTimeline } from './page-timeline.ts';

/** Characters after which no more details are written; the list of tests goes on to the second limit. The page says what it left out. */
const MOST_DETAILS = 8_000_000;
const MOST_TEXT = 16_000_000;
const MOST_FAILURES = 1000;
const MOST_KEYWORDS = 400;
const MOST_MESSAGES = 200;
const DEEPEST = 12;

/** Null: it never came to a test. */
export type PageJob = Omit<FormJob, 'record'> & { record: RecordReader | null };

/**
 * One page that opens from a file, now and in ten years: no script, nothing fetched, forbidden by its own policy. What comes from tests is text.
 */
export function writePage({ record, facts, timeline }: PageJob, file: TextFile): void {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  file.write(
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
      `<meta name="viewport" content="width=device-width"><title>${escaped(facts.name)}</title><style>${PAGE_STYLE}</style></head><body>` +
      `<h1>${escaped(facts.name)} <span class="${escaped(facts.verdict)}">${escaped(facts.verdict)}</span></h1>` +
      `<p>${[
        iso(facts.at).replace('T', ' ').slice(0, 19) + ' UTC',
        ...facts.suts,
        facts.condition,
        facts.plan,
        `by ${facts.startedBy}`,
        facts.harness,
      ]
        .filter((each) => each !== null)
        .map((each) => `<span>${escaped(each)}</span>`)
        .join(
          ' ',
        )}</p>${facts.happened === null ? '' : `<p>${escaped(facts.happened)}</p>`}<p>${record === null ? '' : sayCounts(record)}Run ${escaped(facts.id)}</p>`,
  );
  if (record !== null) writeFailures(record, file);
  if (timeline !== null && timeline.machines.length > 0) writeTimeline({ record, timeline }, file);
  if (record !== null) writeTests(record, file);
  file.write('</body></html>\n');
}

function sayCounts(record: RecordReader): string {
  const { passed, failed, skipped, total } = counts(record);
  return `<b>${passed}</b> passed, <b>${failed}</b> failed, <b>${skipped}</b> skipped, of ${total} tests. `;
}

function writeFailures(record: RecordReader, file: TextFile): void {
  const all = failures(record, { limit: MOST_FAILURES });
  if (all.length === 0) return;
  file.write(`<h2>Failures</h2>`);
  for (const failure of all) {
    if (file.written > MOST_DETAILS) {
      file.write('<p class="left">Details of further failures are left out here; the list below names them all.</p>');
      return;
    }
    writeFailure(record, failure, file);
  }
}

function writeFailure(record: RecordReader, { test, cause }: RecordFailure, file: TextFile): void {
  file.write(
    `<details open id="t${test.id}"><summary class="failed">${escaped(test.name)} ${took(test)}</summary><pre>${escaped(test.message ?? '')}</pre>`,
  );
  writeBelow(record, test, { file, depth: 0 });
  if (cause !== null && !isBelowTest(record, cause, test)) writeItem(record, cause, { file, depth: DEEPEST });
  file.write('</details>\n');
}

/** The cause may stand in a suite set-up: then it is not found below the test. */
function isBelowTest(record: RecordReader, cause: RecordItem, test: RecordItem): boolean {
  return cause.id > test.id && children(record, test.id, { limit: 1 }).length > 0;
}

interface Place {
  file: TextFile;
  depth: number;
}

function writeBelow(record: RecordReader, item: RecordItem, { file, depth }: Place): void {
  const below = children(record, item.id, { limit: MOST_KEYWORDS + 1 });
  for (const each of below.slice(0, MOST_KEYWORDS)) writeItem(record, each, { file, depth });
  if (below.length > MOST_KEYWORDS) file.write('<p class="left">More steps are left out here.</p>');
}

function writeItem(record: RecordReader, item: RecordItem, { file, depth }: Place): void {
  const failed = item.status === 'failed';
  const head = `<code>${escaped([...item.assign, item.name, ...item.arguments].join('    '))}</code> ${took(item)}`;
  if (file.written > MOST_DETAILS) return;
  file.write(`<details${failed ? ' open' : ''}><summary class="${item.status}">${head}</summary>`);
  if (item.message !== null && item.message !== '') file.write(`<pre>${escaped(item.message)}</pre>`);
  if (item.hasMessages)
    for (const { time, level, text: said } of messages(record, item.id, { limit: MOST_MESSAGES }))
      file.write(`<pre><i>${iso(time).slice(11, 23)} ${level}</i> ${escaped(said)}</pre>`);
  if (item.hasChildren && depth < DEEPEST) writeBelow(record, item, { file, depth: depth + 1 });
  file.write('</details>');
}

function writeTests(record: RecordReader, file: TextFile): void {
  file.write('<h2>Tests</h2><table><thead><tr><th>Status</th><th>Test</th><th>Suite</th><th>Seconds</th></tr></thead><tbody>');
  let left = 0;
  for (const { name, suites, status, elapsedMicroseconds } of testResults(record)) {
    if (file.written > MOST_TEXT) {
      left += 1;
      continue;
    }
    const seconds = (milliseconds(elapsedMicroseconds) / 1000).toFixed(3);
    file.write(
      `<tr><td class="${status}">${status}</td><td>${escaped(name)}</td><td>${escaped(suites.join('.'))}</td><td>${seconds}</td></tr>\n`,
    );
  }
  file.write(`</tbody></table>${left === 0 ? '' : `<p class="left">${left} further tests are left out here.</p>`}`);
}

const took = ({ elapsedMicroseconds }: RecordItem) =>
  `<small>${elapsedMicroseconds === null ? 'never ended' : `${(elapsedMicroseconds / 1_000_000).toFixed(3)} s`}</small>`;
