import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { discoverRevision } from '../src-main/services/test-data/discover-revision.ts';
import { saveRevision } from '../src-main/services/test-data/save-revision.ts';
import { createEnvironments } from '../src-main/services/environments/default-environment.ts';
import { ada, bench, folderWith } from '../src-main/services/test-data/test-bench.ts';
import { figure, median, print } from './lib/figure.ts';

// Figures: what 10,000 tests in 500 files hold, told the first time in at most 1.1 x Robot's own parser alone (a Python that only builds the
// suites), and again after one file has changed within 150 ms. All of ours counts: files out of the content store, Python, answer kept.
const FILES = 500;
const TESTS = 20;
const ROUNDS = 5;
const EDITS = 15;
const PARSER = 'import sys; from robot.api import TestSuite; print(TestSuite.from_file_system(sys.argv[1]).test_count)';

const resources = join(import.meta.dirname, '../../resources');
const environments = createEnvironments({
  scripts: join(resources, 'robot'),
  clock: { now: () => Date.now() },
  pythonPath: () => null,
  onFound: () => undefined,
});
const folder = folderWith(suites());
const here = bench(environments, { resources });
try {
  await measure();
} finally {
  here.close();
  for (const place of [folder, here.home]) rmSync(place, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const { python } = await environments.ensureDefault();
  const { testData } = await here.import(folder);
  const revision = testData.newest.hash;
  print(`${testData.newest.counts?.cases ?? 0} tests in ${testData.newest.fileCount} files`);
  const pairs: { parser: number; ours: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    here.close();
    here.services.store.exec('DELETE FROM discovery');
    const parser = await time(() => Promise.resolve(execFileSync(python, ['-c', PARSER, folder])));
    const ours = await time(() => discoverRevision(here.services, { revision }));
    pairs.push({ parser, ours });
    print(`Robot's parser alone ${Math.round(parser)} ms, ours ${Math.round(ours)} ms`);
  }
  figure('discovery of 10,000 tests, first time', median(pairs.map(({ parser, ours }) => ours / parser)), {
    atMost: 1.1,
    unit: 'x Robot alone',
  });
  const again: number[] = [];
  let base = revision;
  for (let edit = 0; edit < EDITS; edit += 1) {
    const changes = [
      { kind: 'write', path: pathOf(edit * 7), text: `${suiteText(edit * 7)}# edit ${edit}\nOne More ${edit}\n    Log    x\n` } as const,
    ];
    const saved = await saveRevision(here.services, { id: testData.id, base, changes, message: '', caller: ada, look: false });
    if (saved.type !== 'saved') throw new Error('It was not saved.');
    base = saved.revision.hash;
    again.push(await time(() => discoverRevision(here.services, { revision: base })));
  }
  print(`again: ${again.map((each) => Math.round(each)).join(', ')} ms`);
  figure('discovery again after one file changed, median', median(again), { atMost: 150, unit: 'ms' });
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function suites(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let file = 0; file < FILES; file += 1) files[pathOf(file)] = suiteText(file);
  for (let area = 0; area < 25; area += 1) files[`area_${area}/__init__.robot`] = `*** Settings ***\nTest Tags    area-${area}\n`;
  return files;
}

function pathOf(file: number): string {
  return `area_${file % 25}/suite_${file}.robot`;
}

function suiteText(file: number): string {
  const lines = [
    '*** Settings ***',
    `Documentation    Suite ${file}.`,
    'Resource    ../common.resource',
    'Test Tags    nightly',
    '',
    '*** Test Cases ***',
  ];
  for (let test = 0; test < TESTS; test += 1) {
    lines.push(
      `Case ${file} ${test}`,
      '    [Documentation]    Does something.',
      `    [Tags]    fast    owner-${test % 5}`,
      '    Prepare    one    two',
    );
    lines.push('    ${found} =    Look For    something', '    Should Be Equal    ${found}    something', '    [Teardown]    Clean Up');
  }
  lines.push(
    '',
    '*** Keywords ***',
    'Prepare',
    '    [Arguments]    ${a}    ${b}',
    '    Log    ${a}',
    '    Log    ${b}',
    'Clean Up',
    '    No Operation',
    '',
  );
  return lines.join('\n');
}
