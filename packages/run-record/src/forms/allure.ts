import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ItemStatus } from '../codes.ts';
import { children } from '../items.ts';
import type { RecordReader } from '../open.ts';
import { testResults, type RecordTestResult } from '../results.ts';
import type { RecordItem } from '../types.ts';
import { milliseconds, type FormJob, type RunFacts } from './form.ts';

const MOST_STEPS = 200;
const DEEPEST = 4;

interface AllureStep {
  name: string;
  status: string;
  stage: 'finished';
  start: number;
  stop: number;
  statusDetails?: { message: string };
  parameters: { name: string; value: string }[];
  steps: AllureStep[];
}

/** A folder of files as Allure reads it: one `<uuid>-result.json` a test, and the environment. Keywords are steps, those that failed in depth. */
export function writeAllureResults({ record, facts }: FormJob, folder: string): void {
  for (const test of testResults(record)) {
    const result = resultOf(record, test, facts);
    writeFileSync(join(folder, `${result.uuid}-result.json`), JSON.stringify(result));
  }
  const environment = {
    Run: facts.id,
    Harness: facts.harness,
    Machines: facts.suts.join(' '),
    Condition: facts.condition ?? '',
    Plan: facts.plan ?? '',
  };
  const lines = Object.entries(environment).filter(([, value]) => value !== '');
  writeFileSync(join(folder, 'environment.properties'), lines.map(([key, value]) => `${key}=${escapeProperty(value)}\n`).join(''));
}

function resultOf(record: RecordReader, test: RecordTestResult, facts: RunFacts) {
  const historyId = digest(`${test.longName}\n${facts.suts.join('\n')}\n${facts.condition ?? ''}`);
  const [parentSuite, suite, ...subSuites] = test.suites;
  return {
    uuid: uuidOf(`${facts.id}\n${test.id}`),
    historyId,
    testCaseId: digest(test.longName),
    fullName: test.longName,
    name: test.name,
    status: statusOf(test.status),
    ...(test.message === null || test.message === '' ? {} : { statusDetails: { message: test.message } }),
    stage: 'finished',
    start: test.startedAt,
    stop: test.startedAt + milliseconds(test.elapsedMicroseconds),
    labels: [
      { name: 'framework', value: 'robotframework' },
      { name: 'language', value: 'robot' },
      { name: 'host', value: facts.harness },
      ...(suite === undefined
        ? [{ name: 'suite', value: parentSuite ?? '' }]
        : [
            { name: 'parentSuite', value: parentSuite ?? '' },
            { name: 'suite', value: suite },
          ]),
      ...(subSuites.length === 0 ? [] : [{ name: 'subSuite', value: subSuites.join('.') }]),
      ...test.tags.map((value) => ({ name: 'tag', value })),
    ],
    parameters: [
      ...facts.suts.map((value, index) => ({ name: index === 0 ? 'machine' : `machine ${index + 1}`, value })),
      ...(facts.condition === null ? [] : [{ name: 'condition', value: facts.condition }]),
    ],
    links: [],
    attachments: [],
    steps: stepsBelow(record, test.id, 1),
  };
}

function stepsBelow(record: RecordReader, parent: number, depth: number): AllureStep[] {
  return children(record, parent, { limit: MOST_STEPS }).map((item) => stepOf(record, item, depth));
}

function stepOf(record: RecordReader, item: RecordItem, depth: number): AllureStep {
  const goesOn = item.status === 'failed' && item.hasChildren && depth < DEEPEST;
  return {
    name: item.owner === null ? item.name : `${item.owner}.${item.name}`,
    status: statusOf(item.status),
    stage: 'finished',
    start: item.startedAt,
    stop: item.startedAt + milliseconds(item.elapsedMicroseconds),
    ...(item.message === null || item.message === '' ? {} : { statusDetails: { message: item.message } }),
    parameters: item.arguments.map((value, index) => ({ name: `${index + 1}`, value })),
    steps: goesOn ? stepsBelow(record, item.id, depth + 1) : [],
  };
}

/** Allure has no word for what was never run but skipped; `broken` is what never came to an end. */
function statusOf(status: ItemStatus): 'passed' | 'failed' | 'skipped' | 'broken' {
  if (status === 'passed' || status === 'failed') return status;
  return status === 'running' ? 'broken' : 'skipped';
}

const digest = (text: string) => createHash('md5').update(text).digest('hex');
/** Always the same for the same test of the same run: exporting twice doubles nothing. A uuid of version 3. */
function uuidOf(text: string): string {
  const hex = digest(text);
  return [hex.slice(0, 8), hex.slice(8, 12), `3${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
const escapeProperty = (value: string) => value.replaceAll('\\', '\\\\').replaceAll(/[\r\n]+/gu, ' ');
