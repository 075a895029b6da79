import { createRouterClient } from '@orpc/server';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { environmentsFolder } from './services/environments/environments-folder.ts';

// A library of the index that this machine is set to, and suites that nobody here wrote.

const resources = join(import.meta.dirname, '../resources');
const place = mkdtempSync(join(tmpdir(), 'atn-libraries-'));
const started: Harness[] = [];

afterAll(async () => {
  for (const harness of started) await harness.close();
});

async function harness() {
  const made = await composeHarness({ home: mkdtempSync(join(place, 'home-')), face: 'headless', appVersion: '0', resources });
  started.push(made);
  return createRouterClient(made.router, { context: { caller: { user: 'ada', origin: 'cli' } } });
}

type Client = Awaited<ReturnType<typeof harness>>;

async function done<T extends { type: string }>(events: AsyncIterable<T>): Promise<Extract<T, { type: 'done' }>> {
  for await (const event of events) if (event.type === 'done') return event as Extract<T, { type: 'done' }>;
  throw new Error('It ended without an answer.');
}

async function ended(client: Client, id: string) {
  const notes = new Set<string>();
  for await (const run of await client.runs.follow({ id })) {
    for (const { state, note } of run.phases) if (note !== null) notes.add(`${state}: ${note}`);
    if (run.state === 'ended') break;
  }
  return { run: await client.runs.get({ id }), notes: [...notes] };
}

const DRIVEN = `*** Settings ***
Library    DataDriver    file=rows.csv
Test Template    Rows
*** Test Cases ***
Row \${a}
    x
*** Keywords ***
Rows
    [Arguments]    \${a}
    Should Be Equal    \${a}    x
`;

/** Suites that are driven by a table: without the library they are one test, with it two. */
async function drivenSuites(client: Client) {
  const folder = mkdtempSync(join(place, 'suites-'));
  writeFileSync(join(folder, 'driven.robot'), DRIVEN);
  writeFileSync(join(folder, 'rows.csv'), '*** Test Cases ***;${a}\none;x\ntwo;x\n');
  return (await done(await client.testData.importPath({ path: folder }))).testData;
}

/** The acceptance suites out of a package's source distribution. */
function acceptanceSuites(requirement: string): string {
  const folder = mkdtempSync(join(place, 'source-'));
  const how = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-binary', ':all:', '--dest', folder, requirement];
  execFileSync('python3', how, { stdio: 'ignore' });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tar.gz')) ?? '';
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder]);
  return join(folder, archive.replace('.tar.gz', ''), 'atest', 'TestCases');
}

describe('a library from the index', () => {
  it('is named where it is missing, added, attached, and fetched by the run itself, which keeps what it had', async () => {
    const client = await harness();
    const { id: testDataId, newest } = await drivenSuites(client);
    const question = { revision: newest.hash, testDataId };
    const [missing] = await client.libraries.recognise(question);
    expect(missing).toMatchObject({ name: 'DataDriver', state: 'missing', suggestion: { requirement: 'robotframework-datadriver' } });
    const { library } = await done(await client.libraries.add({ from: 'requirement', requirement: 'robotframework-datadriver==1.11.2' }));
    expect((await client.libraries.recognise(question))[0]).toMatchObject({ state: 'registry', suggestion: { libraryId: library.id } });
    await client.libraries.attach({ testDataId, libraryId: library.id });
    expect((await client.libraries.recognise(question))[0]).toMatchObject({ state: 'attached' });
    const { run } = await ended(client, (await client.runs.start({ testDataId })).id);
    expect(run).toMatchObject({ verdict: 'passed', counts: { passed: 2, failed: 0 } });
    expect(run.environment.libraries).toMatchObject([{ name: 'robotframework-datadriver', version: '==1.11.2' }]);
    expect(run.environment.packages).toContainEqual({ name: 'robotframework-datadriver', version: '1.11.2' });
    const [environment] = await client.environments.list();
    expect(environment).toMatchObject({ lockHash: run.environment.lockHash, state: 'ready', robotVersion: '7.5' });
    // What is detached later changes nothing in what was run: it is repeated with exactly the same.
    await client.libraries.detach({ testDataId, libraryId: library.id });
    const again = await ended(client, (await client.runs.rerun({ id: run.id })).id);
    expect(again.run).toMatchObject({ verdict: 'passed', environment: run.environment });
  }, 180_000);
  it('is documented by Robot in its own environment, and Robot’s own libraries in theirs', async () => {
    const client = await harness();
    const { library } = await done(await client.libraries.add({ from: 'requirement', requirement: 'robotframework-datadriver==1.11.2' }));
    const documented = await client.libraries.keywords({ name: 'DataDriver', libraryId: library.id });
    expect(documented).toMatchObject({ name: 'DataDriver', version: '1.11.2', lockHash: expect.stringMatching(/^\w{64}$/u) as unknown });
    expect(documented.inits[0]?.args.map(({ name }) => name)).toContain('file');
    const { keywords } = await client.libraries.keywords({ name: 'Collections' });
    const append = keywords.find(({ name }) => name === 'Append To List');
    expect(append?.args).toMatchObject([
      { name: 'list_', required: true },
      { name: 'values', text: '*values: object', required: false },
    ]);
    await expect(client.libraries.keywords({ name: 'Nowhere' })).rejects.toMatchObject({ code: 'ROBOT_DATA' });
  }, 180_000);
  it('that cannot be had ends the run with the reason and whose matter it is', async () => {
    const client = await harness();
    const { id: testDataId } = await drivenSuites(client);
    await client.system.updateSettings({ packageIndexUrl: 'http://127.0.0.1:9/simple' });
    const { library } = await done(await client.libraries.add({ from: 'requirement', requirement: 'robotframework-datadriver==1.11.2' }));
    await client.libraries.attach({ testDataId, libraryId: library.id });
    const { run } = await ended(client, (await client.runs.start({ testDataId })).id);
    expect(run).toMatchObject({ verdict: 'error', cause: 'infrastructure', failure: { code: 'INDEX_UNREACHABLE' } });
  }, 60_000);
});

describe('suites from elsewhere with the library they test', () => {
  it('run by a plan under two conditions as a matrix and count what plain Robot counts', async () => {
    const folder = acceptanceSuites('robotframework-datadriver==1.11.2');
    const client = await harness();
    const { id: testDataId, newest } = (await done(await client.testData.importPath({ path: folder }))).testData;
    const { root } = await client.testData.discover({ revision: newest.hash });
    const { library } = await done(
      await client.libraries.add({ from: 'requirement', requirement: 'robotframework-datadriver[XLS]==1.11.2' }),
    );
    const { lock } = await done(await client.environments.lock({ libraries: [{ libraryId: library.id }] }));
    await done(await client.environments.build({ lockHash: lock.hash }));
    // Ten thousand tests of one table say nothing more, but take a minute.
    const suites = root.suites.filter(({ name }) => name !== 'Performance').map(({ name }) => `*.${name}`);
    const plain = plainCounts(join(environmentsFolder(), lock.hash.slice(0, 24), 'bin', 'python'), { folder, suites });
    const selection = { include: [], exclude: [], suites, tests: [] };
    const libraries = [{ libraryId: library.id }];
    const plan = await client.plans.create({ name: 'Acceptance', testDataId, selection, libraries });
    const conditions = await Promise.all(
      ['bench', 'rack'].map((name) => client.conditions.create({ name, variables: [{ name: 'SITE', type: 'str', value: name }] })),
    );
    const matrix = await client.matrices.start({ planIds: [plan.id], conditionIds: conditions.map(({ id }) => id) });
    expect(matrix.cells).toHaveLength(2);
    for (const { runIds } of matrix.cells) {
      const { run } = await ended(client, runIds[0] ?? '');
      expect(run.environment.lockHash).toBe(lock.hash);
      expect(run.counts).toEqual(plain);
    }
    expect(plain.passed).toBeGreaterThan(80);
  }, 300_000);
});

/** What Robot alone says, in the same folder with the same Python. */
function plainCounts(python: string, { folder, suites }: { folder: string; suites: readonly string[] }) {
  const output = join(mkdtempSync(join(place, 'plain-')), 'out');
  const words = ['-m', 'robot', '--outputdir', output, '--variable', 'SITE:x', ...suites.flatMap((suite) => ['--suite', suite]), '.'];
  try {
    execFileSync(python, words, { cwd: folder, stdio: 'ignore' });
  } catch {
    // Its exit code is the number of tests that failed; the figures are in output.xml.
  }
  const total = /<total>\s*<stat pass="(\d+)" fail="(\d+)" skip="(\d+)"/u.exec(readFileSync(join(output, 'output.xml'), 'utf8'));
  const [passed = 0, failed = 0, skipped = 0] = (total ?? []).slice(1).map(Number);
  return { passed, failed, skipped, notRun: 0 };
}
