import { createRouterClient } from '@orpc/server';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program, runTool } from '../e2e/lab/processes.ts';
import { writeTinyMachine } from '../e2e/lab/tiny-machine.ts';
import type { Run } from '../src-shared/model/run.ts';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { folderWith } from './services/test-data/test-bench.ts';

/** Below a name that begins with `_`, which Robot leaves out when it runs the whole folder. */
const FILES = {
  'smoke.robot': '*** Test Cases ***\nReal\n    No Operation\n',
  'install.recipe.yaml': `recipe: By a suite
steps:
  - { do: robot, suite: _install/install.robot, variables: { GREETING: "for {{ sut.name }}" }, limit: 120 }
`,
  '_install/install.robot': `*** Settings ***
Library    ATN
Library    Collections

*** Test Cases ***
Installs
    Should Be Equal    \${SUT}    virtual-1
    Should Be Equal    \${GREETING}    for virtual-1
    Should Be Equal    \${SUTs}[virtual-1][rack]    R7
    Power Off    \${SUT}
    Insert Image    \${SUT}    \${IMAGE}
    Set Boot Device    \${SUT}    cdrom
    Power On    \${SUT}
    Wait For Console    \${SUT}    booted from cd    timeout=60 s
    # The guest knows this computer by another address.
    \${url} =    Evaluate    $IMAGE_URL.replace('10.0.2.2', '127.0.0.1')
    \${size} =    Evaluate    len(__import__('urllib.request').request.urlopen($url).read())
    Should Be True    \${size} > 1000
`,
  'broken.recipe.yaml': 'recipe: Broken\nimage: none\nsteps:\n  - { do: robot, suite: _install/broken.robot }\n',
  '_install/broken.robot': '*** Test Cases ***\nAsks For A Disk\n    Fail    The machine has no disk.\nMore\n    Fail    And more.\n',
  'long.recipe.yaml': 'recipe: Long\nimage: none\nsteps:\n  - { do: robot, suite: _install/long.robot }\n',
  'short.recipe.yaml': 'recipe: Short\nimage: none\nsteps:\n  - { do: robot, suite: _install/long.robot, limit: 3 }\n',
  '_install/long.robot': `*** Settings ***
Library    OperatingSystem
Library    ATN

*** Test Cases ***
Waits
    Power On    \${SUT}
    Create File    \${SUTs}[virtual-1][folder]/began
    Wait Until Created    \${SUTs}[virtual-1][folder]/go    timeout=300
    Power Should Be    \${SUT}    on
    [Teardown]    Create File    \${SUTs}[virtual-1][folder]/torn-down
`,
  'lost.recipe.yaml': 'recipe: Lost\nimage: none\nsteps:\n  - { do: robot, suite: nowhere.robot }\n',
};

let harness: Harness;
let home = '';
let sutId = '';
let testDataId = '';
const marks = () => join(home, 'marks');
const compose = () => composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources: join(import.meta.dirname, '../resources') });
const ada = () => createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'atn-suite-step-'));
  harness = await compose();
  const text = (key: string, value: string) => ({ key, kind: 'text' as const, value });
  const information = [text('rack', 'R7'), text('folder', marks())];
  ({ id: sutId } = await ada().suts.create({ name: 'virtual-1', endpoints: [{ provider: 'qemu' }], information }));
  const { disk, iso } = writeTinyMachine(home);
  const machine = join(home, 'machines', sutId);
  mkdirSync(machine, { recursive: true });
  runTool(program('qemu-img', 'qemu-utils'), ['convert', '-f', 'raw', '-O', 'qcow2', disk, join(machine, 'disk.qcow2')]);
  for await (const event of await ada().images.importFile({ path: iso, name: 'tiny' })) void event;
  for await (const event of await ada().testData.importPath({ path: folderWith(FILES) }))
    if (event.type === 'done') testDataId = event.testData.id;
}, 120_000);
afterAll(async () => {
  await ada()
    .suts.power({ id: sutId, action: 'off', confirmed: true })
    .catch(() => undefined);
  await harness.close();
});

async function until(id: string, holds: (run: Run) => boolean): Promise<Run> {
  for await (const run of await ada().runs.follow({ id })) if (holds(run)) return run;
  return ada().runs.get({ id });
}
const ended = (id: string) => until(id, ({ state }) => state === 'ended');
const provision = (recipe: string) => ada().runs.provision({ sut: 'virtual-1', recipe, testDataId, when: 'always' });
const reportOf = ({ reportDirectory }: Run) => join(reportDirectory, 'provisioning', 'virtual-1-1');
const comes = (name: string) => expect.poll(() => existsSync(join(marks(), name)), { timeout: 60_000 }).toBe(true);

describe('a Robot suite that is a step of a recipe', { timeout: 180_000 }, () => {
  it('installs with the keywords, variables and image of its run, and its log is part of the report', async () => {
    const provisioning = { recipe: 'install.recipe.yaml', image: 'tiny' };
    const { id } = await ada().runs.start({ testDataId, suts: ['virtual-1'], provisioning });
    const run = await ended(id);
    expect(run.provisioning?.suts[0]?.steps[0]?.note).toBe('1 passed.');
    expect(run).toMatchObject({ verdict: 'passed', failure: null, counts: { passed: 1 }, total: 1 });
    expect(readFileSync(join(reportOf(run), 'log.html'), 'utf8')).toContain('Installs');
    const artefacts = await ada().reports.artefacts({ id });
    expect(artefacts.map(({ path }) => path)).toContain('provisioning/virtual-1-1/log.html');
    const { drives } = await ada().suts.drives({ id: sutId });
    expect(drives.filter(({ inserted }) => inserted)).toEqual([]);
    expect(await ada().serving.list()).toEqual([]);
    expect(existsSync(join(run.reportDirectory, '..', 'access.json'))).toBe(false);
  });

  it('that fails is an error of the infrastructure, with what it said', async () => {
    const run = await ended((await provision('broken.recipe.yaml')).id);
    expect(run).toMatchObject({ verdict: 'error', cause: 'infrastructure', failure: { code: 'PROVISIONING_FAILED' } });
    expect(run.failure?.message).toContain('The machine has no disk.');
    expect(run.failure?.message).toContain('1 more failed');
    expect(existsSync(join(reportOf(run), 'log.html'))).toBe(true);
  });

  it('that takes too long is ended, and tears down', async () => {
    const run = await ended((await provision('short.recipe.yaml')).id);
    expect(run).toMatchObject({ verdict: 'error', failure: { message: expect.stringContaining('longer than 3 s') as unknown } });
    expect(existsSync(join(reportOf(run), 'log.html'))).toBe(true);
  });

  it('stopped tears down before the machine is switched off', async () => {
    await ada().suts.power({ id: sutId, action: 'off', confirmed: true });
    runTool('rm', ['-rf', marks()]);
    const { id } = await provision('long.recipe.yaml');
    await comes('began');
    await ada().runs.stop({ id });
    const run = await ended(id);
    expect(run).toMatchObject({ verdict: 'stopped', provisioning: { suts: [{ state: 'stopped' }] } });
    expect(existsSync(join(marks(), 'torn-down'))).toBe(true);
    expect(existsSync(join(run.reportDirectory, '..', 'suites', `${sutId}-0`, 'exit.json'))).toBe(true);
    expect((await ada().suts.powerStatus({ id: sutId })).on).toBe(false);
    expect((await ada().suts.get({ id: sutId })).inUse).toBe(null);
  });

  it('goes on while the workbench starts anew', async () => {
    runTool('rm', ['-rf', marks()]);
    const { id } = await provision('long.recipe.yaml');
    await comes('began');
    await harness.close();
    harness = await compose();
    runTool('touch', [join(marks(), 'go')]);
    const run = await ended(id);
    expect(run).toMatchObject({ verdict: 'passed', failure: null });
    expect(run.provisioning?.suts[0]?.steps[0]).toMatchObject({ state: 'done', tries: 1 });
  });

  it('that is not there is said before anything begins', async () => {
    await expect(provision('lost.recipe.yaml')).rejects.toMatchObject({
      data: { reasons: [expect.objectContaining({ code: 'RECIPE_BROKEN', message: expect.stringContaining('nowhere.robot') as unknown })] },
    });
  });
});
