import { createRouterClient } from '@orpc/server';
import { chmodSync, closeSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, program, runTool } from '../e2e/lab/processes.ts';
import { selfInstallingLinux } from '../e2e/lab/self-installing-linux.ts';
import type { Run } from '../src-shared/model/run.ts';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { folderWith } from './services/test-data/test-bench.ts';

const RECIPE = `recipe: Lab Linux
hostKey: new
failOn: [FAILED]
answers:
  label: cidata
  files:
    - { path: hostname, text: "{{ sut.name }}" }
    - { path: authorized_keys, template: keys.liquid }
    - { path: root-password, text: "{{ secret.root }}" }
steps:
  - { do: power, action: off }
  - { do: insert, what: image }
  - { do: insert, what: answers }
  - { do: boot, device: cdrom }
  - { do: power, action: on }
  - { do: waitConsole, pattern: "lab: INSTALLED", limit: 120 }
  - { do: waitPower, on: false, limit: 60 }
  - { do: eject }
  - { do: boot, device: disk }
  - { do: power, action: on }
  - { do: waitSsh, limit: 120 }
  - { do: ssh, command: "test \\"$(hostname)\\" = lab-1" }
powerAfter: off
`;
/** Talks to the machine as a person would: by the program ssh with the key that the answers brought. */
const SUITE = `*** Settings ***
Library    Process

*** Test Cases ***
Machine Answers By SSH
    \${said}    Run Process    ssh    -p    \${PORT}    -i    \${KEY}    -o    StrictHostKeyChecking\\=no    -o    UserKnownHostsFile\\=/dev/null
    ...    root@127.0.0.1    hostname
    Should Be Equal    \${said.stdout}    lab-1
`;
const HOLDING = RECIPE.replace('recipe: Lab Linux', 'recipe: Held').replace('  files:\n', '  files:\n    - { path: hold, text: "yes" }\n');
const CANARY = 'c4n4ry-of-root';

let harness: Harness;
let lab: Awaited<ReturnType<typeof startLab>>;
beforeAll(async () => {
  lab = await startLab();
}, 120_000);
afterAll(async () => {
  await lab.ada.suts.power({ id: lab.sutId, action: 'off', confirmed: true }).catch(() => undefined);
  await harness.close();
});

async function startLab() {
  const home = mkdtempSync(join(tmpdir(), 'atn-linux-'));
  const key = join(home, 'key');
  runTool(program('ssh-keygen', 'openssh-client'), ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  harness = await composeHarness({
    home: join(home, 'home'),
    face: 'headless',
    appVersion: '1.2.3',
    resources: join(import.meta.dirname, '../resources'),
  });
  const ada = createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });
  const port = await freePort();
  const { id: sutId } = await ada.suts.create({
    name: 'lab-1',
    information: [{ key: 'root', kind: 'secret', value: null, secret: CANARY }],
    endpoints: [
      { provider: 'qemu', memoryMib: 192, diskGib: 1 },
      { provider: 'ssh', address: '127.0.0.1', port, user: 'root', password: readFileSync(key, 'utf8') },
    ],
  });
  for await (const event of await ada.images.importFile({ path: selfInstallingLinux(), name: 'lab-linux' }))
    if (event.type === 'done') break;
  const folder = folderWith({
    'smoke.robot': SUITE,
    'lab.recipe.yaml': RECIPE,
    'held.recipe.yaml': HOLDING,
    'keys.liquid': '{{ ssh.publicKey }}\n',
  });
  let testDataId = '';
  for await (const event of await ada.testData.importPath({ path: folder })) if (event.type === 'done') testDataId = event.testData.id;
  const options = { variables: [`PORT:${port}`, `KEY:${key}`] };
  const start = (recipe = 'lab.recipe.yaml', when: 'always' | 'whenDifferent' = 'whenDifferent') =>
    ada.runs.start({ testDataId, suts: ['lab-1'], options, provisioning: { recipe, image: 'lab-linux', when } });
  return { home, ada, sutId, start, testDataId };
}

async function until(id: string, holds: (run: Run) => boolean): Promise<Run> {
  for await (const run of await lab.ada.runs.follow({ id })) if (holds(run)) return run;
  const run = await lab.ada.runs.get({ id });
  if (holds(run)) return run;
  throw new Error(`It ended before: ${JSON.stringify(run, null, 2)}`);
}
const ended = (id: string) => until(id, ({ state }) => state === 'ended');
const nothingIsIn = async () => {
  const { drives } = await lab.ada.suts.drives({ id: lab.sutId });
  expect(drives.filter(({ inserted }) => inserted)).toEqual([]);
};
const isOn = async () => (await lab.ada.suts.powerStatus({ id: lab.sutId })).on;
const step = (run: Run, what: string) => run.provisioning?.suts[0]?.steps.find((each) => each.what === what)?.state;

describe('a Linux that installs itself', { timeout: 180_000 }, () => {
  it('comes onto a bare machine by one press, is tested over SSH with the key of the answers, and is found there by the next run', async () => {
    const preview = await lab.ada.provisioning.preview({ testDataId: lab.testDataId, ref: 'lab.recipe.yaml', sut: 'lab-1' });
    expect(JSON.stringify(preview)).not.toContain(CANARY);
    const run = await ended((await lab.start()).id);
    expect(run).toMatchObject({ verdict: 'passed', failure: null, counts: { passed: 1 } });
    await nothingIsIn();
    expect(await isOn()).toBe(false);
    expect(await lab.ada.provisioning.installed({ sutId: lab.sutId })).toMatchObject({ recipe: 'Lab Linux', image: { name: 'lab-linux' } });
    const report = readFileSync(join(run.reportDirectory, 'machine-consoles', 'lab-1.txt'), 'latin1');
    expect(report).toContain('lab: INSTALLED');
    const own = run.provisioning?.suts[0]?.steps.filter(({ what }) => !what.startsWith('Wait') && !what.startsWith('Run')) ?? [];
    const spent = own.reduce((sum, { startedAt, endedAt }) => sum + (endedAt ?? 0) - (startedAt ?? 0), 0);
    expect(spent, 'ms of everything but waiting for the machine').toBeLessThan(15_000);
  });

  it('is not installed again when it is there', async () => {
    await lab.ada.suts.power({ id: lab.sutId, action: 'on' });
    const run = await ended((await lab.start()).id);
    expect(run.phases.find(({ state }) => state === 'provisioning')).toMatchObject({
      outcome: 'skipped',
      note: expect.stringContaining('lab-linux already') as unknown,
    });
  });

  it('stopped in the middle of its installation leaves no medium in the machine, and the machine off', async () => {
    const { id } = await lab.start('held.recipe.yaml');
    await until(id, (run) => step(run, 'Wait for “lab: INSTALLED” on the console') === 'running');
    await lab.ada.runs.stop({ id });
    expect(await ended(id)).toMatchObject({ verdict: 'stopped', provisioning: { suts: [{ state: 'stopped' }] } });
    await nothingIsIn();
    expect(await isOn()).toBe(false);
    expect(await lab.ada.provisioning.installed({ sutId: lab.sutId })).toBe(null);
  });

  it('with one flipped bit never reaches a machine', async () => {
    const folder = join(lab.home, 'home', 'images');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const image = files.map(({ parentPath, name }) => join(parentPath, name)).find((file) => statSync(file).size > 10_000_000) ?? '';
    chmodSync(image, 0o600);
    const handle = openSync(image, 'r+');
    const byte = Buffer.alloc(1);
    readSync(handle, byte, 0, 1, 5_000_000);
    writeSync(handle, Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, 5_000_000);
    closeSync(handle);
    const before = (await lab.ada.suts.events({ id: lab.sutId })).filter(({ what }) => what.startsWith('insert')).length;
    const run = await ended((await lab.start('lab.recipe.yaml', 'always')).id);
    expect(run).toMatchObject({ verdict: 'error', provisioning: { suts: [] } });
    expect((await lab.ada.suts.events({ id: lab.sutId })).filter(({ what }) => what.startsWith('insert')).length).toBe(before);
    await nothingIsIn();
  });
});
