import { createRouterClient } from '@orpc/server';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { z } from 'zod';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { createEnvironments } from './services/environments/default-environment.ts';

// What real Robot wrote, exported, and read by Allure's own command line.
const resources = join(import.meta.dirname, '../resources');
const home = mkdtempSync(join(tmpdir(), 'atn-allure-'));
const allure = join(dirname(createRequire(import.meta.url).resolve('allure')), '..', 'cli.js');
const MESSAGE = 'Fan <4> “turns” at 1080 rpm';
const sensors = (fan: string): string => `*** Test Cases ***
Fan
    [Tags]    smoke    rack-7
    Look At The Fan
Boot
    Log    fine
Left out
    Skip    not today

*** Keywords ***
Look At The Fan
    ${fan}
`;
const POWER = `*** Test Cases ***
Boot
    Log    the same name in another suite
`;
let harness: Harness;
let python = '';
const client = () => createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });

beforeAll(async () => {
  const scripts = join(resources, 'robot');
  const environments = createEnvironments({ scripts, clock: { now: () => Date.now() }, pythonPath: () => null, onFound: () => undefined });
  ({ python } = await environments.ensureDefault());
  mkdirSync(join(home, 'lab'));
  writeFileSync(join(home, 'lab', 'power.robot'), POWER);
  harness = await composeHarness({ home: join(home, 'home'), face: 'headless', appVersion: '1.2.3', resources });
});
afterAll(async () => {
  await harness.close();
  rmSync(home, { recursive: true });
});

/** Runs the suites with Robot, imports what it wrote, and unpacks the export of that run into `results`. Answers the run. */
async function exportRun(name: string, fan: string, results: string): Promise<string> {
  writeFileSync(join(home, 'lab', 'sensors.robot'), sensors(fan));
  const options = ['--nostatusrc', '--console', 'none', '--log', 'NONE', '--report', 'NONE', '--outputdir', join(home, name)];
  execFileSync(python, ['-m', 'robot', ...options, join(home, 'lab')]);
  for await (const event of await client().interchange.importResults({ path: join(home, name, 'output.xml') })) {
    if (event.type !== 'done') continue;
    const id = event.imported[0]?.runId ?? '';
    const path = join(home, `${name}.zip`);
    await client().reports.save({ id, form: 'allure.zip', path });
    await unpack(path, results);
    return id;
  }
  throw new Error('The import ended without a run.');
}

async function unpack(zip: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const opened = await yauzl.openPromise(zip);
  for await (const entry of opened.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await opened.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    writeFileSync(join(folder, entry.fileName), Buffer.concat(chunks));
  }
}

/** What Allure's report says of a test. */
const Shown = z.object({
  fullName: z.string(),
  status: z.string(),
  duration: z.number(),
  retriesCount: z.number(),
  isRetry: z.boolean(),
  breadcrumbs: z.array(z.array(z.string())),
  labels: z.array(z.object({ name: z.string(), value: z.string() })),
  error: z.object({ message: z.string().optional() }).optional(),
  get steps() {
    return z.array(Step);
  },
});
const Step = z.object({
  name: z.string(),
  status: z.string(),
  get steps() {
    return z.array(Step);
  },
});

function generate(results: string): { statistic: unknown; environment: unknown; tests: z.infer<typeof Shown>[] } {
  const report = `${results}-report`;
  execFileSync(process.execPath, [allure, 'awesome', results, '--cwd', home, '--output', report], { stdio: 'pipe' });
  const read = (...parts: string[]): unknown => JSON.parse(readFileSync(join(report, ...parts), 'utf8'));
  const files = readdirSync(join(report, 'data', 'test-results'));
  const tests = files.map((file) => Shown.parse(read('data', 'test-results', file))).filter(({ isRetry }) => !isRetry);
  return {
    statistic: read('widgets', 'statistic.json'),
    environment: read('widgets', 'allure_environment.json'),
    tests: tests.toSorted((a, b) => (a.fullName < b.fullName ? -1 : 1)),
  };
}

it('reads every test with its verdict, message, suites, tags and steps', async () => {
  const results = join(home, 'first-results');
  const id = await exportRun('first', `Fail    ${MESSAGE}`, results);
  const { statistic, tests, environment } = generate(results);
  expect(statistic).toMatchObject({ total: 4, passed: 2, failed: 1, skipped: 1 });
  expect(tests.map(({ fullName, status }) => `${fullName} ${status}`)).toEqual([
    'Lab.Power.Boot passed',
    'Lab.Sensors.Boot passed',
    'Lab.Sensors.Fan failed',
    'Lab.Sensors.Left out skipped',
  ]);
  const fan = tests[2];
  expect(fan?.error?.message).toBe(MESSAGE);
  expect(fan?.breadcrumbs).toEqual([['Lab', 'Sensors']]);
  expect(fan?.labels.filter(({ name }) => name === 'tag').map(({ value }) => value)).toEqual(['rack-7', 'smoke']);
  expect(fan?.steps).toMatchObject([{ name: 'Look At The Fan', status: 'failed', steps: [{ name: 'BuiltIn.Fail', status: 'failed' }] }]);
  expect(environment).toContainEqual({ name: 'Run', values: [id] });
});

it('takes the same test of a later run for another try of it, not for one more test', async () => {
  const results = join(home, 'both-results');
  await exportRun('before', `Fail    ${MESSAGE}`, results);
  await exportRun('after', 'Log    it turns', results);
  const { statistic, tests } = generate(results);
  expect(statistic).toMatchObject({ total: 4, passed: 3, skipped: 1 });
  expect(tests.map(({ retriesCount }) => retriesCount)).toEqual([1, 1, 1, 1]);
});
