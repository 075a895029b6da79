import { createRouterClient } from '@orpc/server';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';

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

async function last<T extends { type: string }>(events: AsyncIterable<T>): Promise<Extract<T, { type: 'done' }>> {
  for await (const event of events) if (event.type === 'done') return event as Extract<T, { type: 'done' }>;
  throw new Error('It ended without an answer.');
}

describe('a library from the index', () => {
  it('is recognised as missing, added, attached, fetched by the run itself', async () => {
    const client = await harness();
    const folder = mkdtempSync(join(place, 'suites-'));
    mkdirSync(join(folder, 'data'), { recursive: true });
    writeFileSync(
      join(folder, 'data', 'driver.robot'),
      '*** Settings ***\nLibrary    DataDriver    file=rows.csv\nTest Template    Rows\n*** Test Cases ***\nRow ${a}\n    x\n*** Keywords ***\nRows\n    [Arguments]    ${a}\n    Should Be Equal    ${a}    x\n',
    );
    writeFileSync(join(folder, 'data', 'rows.csv'), '*** Test Cases ***;${a}\none;x\ntwo;x\n');
    const { testData } = await last(await client.testData.importPath({ path: folder }));
    const question = { revision: testData.newest.hash, testDataId: testData.id };
    const [missing] = await client.libraries.recognise(question);
    expect(missing).toMatchObject({ name: 'DataDriver', state: 'missing', suggestion: { requirement: 'robotframework-datadriver' } });
    const { library } = await last(await client.libraries.add({ from: 'requirement', requirement: 'robotframework-datadriver==1.11.2' }));
    expect((await client.libraries.recognise(question))[0]).toMatchObject({ state: 'registry', suggestion: { libraryId: library.id } });
    await client.libraries.attach({ testDataId: testData.id, libraryId: library.id });
    expect((await client.libraries.recognise(question))[0]).toMatchObject({ state: 'attached' });
    const { id } = await client.runs.start({ testDataId: testData.id });
    const notes = new Set<string>();
    for await (const run of await client.runs.follow({ id })) {
      for (const phase of run.phases) if (phase.note !== null) notes.add(`${phase.state}: ${phase.note}`);
      if (run.state === 'ended') break;
    }
    const run = await client.runs.get({ id });
    console.log([...notes], run.failure, run.counts);
    expect(run.verdict).toBe('passed');
    expect(run.counts.passed).toBe(2);
    console.log(await client.environments.list());
    const docs = await client.libraries.keywords({ name: 'DataDriver', libraryId: library.id });
    console.log(docs.name, docs.version, docs.keywords.length, docs.inits[0]?.args.length, docs.lockHash);
    console.log((await client.libraries.keywords({ name: 'Collections' })).keywords[0]);
  }, 120_000);
});
