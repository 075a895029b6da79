import { createRouterClient } from '@orpc/server';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Timeline } from '../src-shared/model/timeline.ts';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { folderWith } from './services/test-data/test-bench.ts';

const home = mkdtempSync(join(tmpdir(), 'atn-timeline-'));
const compose = () =>
  composeHarness({ home, face: 'headless', appVersion: '1.2.3', demo: true, resources: join(import.meta.dirname, '../resources') });
let harness: Harness | null = null;
afterAll(() => harness?.close());

const SUITE = `*** Settings ***
Library    OperatingSystem

*** Test Cases ***
Waits
    Wait Until Created    \${GO}    timeout=120
`;

it('has what sensors read before the workbench was started anew, and on one page with the tests', { timeout: 120_000 }, async () => {
  harness = await compose();
  const ada = () => createRouterClient((harness as Harness).router, { context: { caller: { user: 'ada', origin: 'cli' } } });
  let testDataId = '';
  for await (const event of await ada().testData.importPath({ path: folderWith({ 'a.robot': SUITE }) }))
    if (event.type === 'done') testDataId = event.testData.id;
  const [sut] = (await ada().suts.list()).filter(({ role, endpoints }) => role === 'sut' && endpoints.length > 0);
  const go = join(home, 'go');
  const { id, reportDirectory } = await ada().runs.start({
    testDataId,
    suts: [sut?.name ?? ''],
    options: { variables: [`GO:${go}`] },
  });
  const remembered = join(reportDirectory, '..', 'sensors.json');
  await expect.poll(() => existsSync(remembered) && readFileSync(remembered, 'utf8').includes('points'), { timeout: 60_000 }).toBe(true);
  await harness.close();
  const between = Date.now();
  harness = await compose();
  const times = async () => {
    const { machines } = await ada().timeline.read({ id });
    return machines.flatMap(({ sensors }) => sensors.flatMap(({ points }) => points.map(([at]) => at)));
  };
  await expect.poll(async () => (await times()).some((at) => at > between), { timeout: 60_000 }).toBe(true);
  writeFileSync(go, '');
  for await (const run of await ada().runs.follow({ id })) if (run.state === 'ended') break;
  expect(await ada().runs.get({ id })).toMatchObject({ verdict: 'passed' });
  expect((await times()).some((at) => at < between)).toBe(true);
  expect((await times()).some((at) => at > between)).toBe(true);
  const { machines } = await ada().timeline.read({ id });
  expect(Timeline.parse(JSON.parse(readFileSync(join(reportDirectory, 'timeline.json'), 'utf8'))).machines).toEqual(machines);
  expect(existsSync(remembered)).toBe(false);
  const path = join(home, 'page.html');
  await ada().reports.save({ id, form: 'page.html', path });
  expect(readFileSync(path, 'utf8')).toMatch(/<td>Test<\/td><td class="passed">Waits/u);
});
