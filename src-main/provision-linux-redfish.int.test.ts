import { createRouterClient } from '@orpc/server';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program, runTool } from '../e2e/lab/processes.ts';
import { startRedfishMachine, type RedfishMachine } from '../e2e/lab/redfish-machine.ts';
import { selfInstallingLinux } from '../e2e/lab/self-installing-linux.ts';
import type { Run } from '../src-shared/model/run.ts';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { folderWith } from './services/test-data/test-bench.ts';

/** The service says yes at once, and switches the power up to 11 s later. */
const RECIPE = `recipe: Lab Linux by its BMC
hostKey: new
answers:
  label: cidata
  files:
    - { path: hostname, text: "{{ sut.name }}" }
    - { path: authorized_keys, template: keys.liquid }
steps:
  - { do: power, action: off }
  - { do: insert, what: image }
  - { do: insert, what: answers }
  - { do: boot, device: cdrom }
  - { do: power, action: on }
  - { do: waitPower, on: false, limit: 120 }
  - { do: eject }
  - { do: boot, device: disk }
  - { do: power, action: on }
  - { do: waitSsh, limit: 120 }
powerAfter: off
`;
/** Talks to the machine as a person would: by the program ssh with the key that the answers brought. */
const SUITE = `*** Settings ***
Library    Process

*** Test Cases ***
Machine Answers By SSH
    \${said}    Run Process    ssh    -p    \${PORT}    -i    \${KEY}    -o    StrictHostKeyChecking\\=no    -o    UserKnownHostsFile\\=/dev/null
    ...    root@127.0.0.1    hostname
    Should Be Equal    \${said.stdout}    node-1
`;
const HOLDING = RECIPE.replace('by its BMC', 'that waits').replace('  files:\n', '  files:\n    - { path: hold, text: "yes" }\n');

let machine: RedfishMachine;
let harness: Harness;
let sutId = '';
let testDataId = '';
let key = '';
const ada = () => createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });

beforeAll(async () => {
  machine = await startRedfishMachine();
  const home = mkdtempSync(join(tmpdir(), 'atn-linux-redfish-'));
  key = join(home, 'key');
  runTool(program('ssh-keygen', 'openssh-client'), ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const resources = join(import.meta.dirname, '../resources');
  harness = await composeHarness({ home: join(home, 'home'), face: 'headless', appVersion: '1.2.3', resources });
  const { url, username, password, fingerprint } = machine.bmc;
  const { id } = await ada().suts.create({
    name: 'node-1',
    endpoints: [
      { provider: 'redfish', address: url, user: username, password, pin: fingerprint },
      { provider: 'ssh', address: '127.0.0.1', port: machine.sshPort, user: 'root', password: readFileSync(key, 'utf8') },
    ],
  });
  sutId = id;
  for await (const event of await ada().images.importFile({ path: selfInstallingLinux(), name: 'lab-linux' })) void event;
  const folder = folderWith({
    'smoke.robot': SUITE,
    'lab.recipe.yaml': RECIPE,
    'held.recipe.yaml': HOLDING,
    'keys.liquid': '{{ ssh.publicKey }}\n',
  });
  for await (const event of await ada().testData.importPath({ path: folder })) if (event.type === 'done') testDataId = event.testData.id;
}, 120_000);
afterAll(async () => {
  await harness.close();
  await machine.stop();
});

const start = (recipe = 'lab.recipe.yaml') =>
  ada().runs.start({
    testDataId,
    suts: ['node-1'],
    options: { variables: [`PORT:${machine.sshPort}`, `KEY:${key}`] },
    provisioning: { recipe, image: 'lab-linux', when: 'whenDifferent' },
  });

async function ended(id: string): Promise<Run> {
  for await (const run of await ada().runs.follow({ id })) if (run.state === 'ended') break;
  return ada().runs.get({ id });
}

async function nothingIsLeft(): Promise<void> {
  const { drives } = await ada().suts.drives({ id: sutId });
  expect(drives.map(({ inserted }) => inserted)).toEqual([false, false]);
  await expect
    .poll(async () => [(await ada().suts.powerStatus({ id: sutId })).on, machine.isRunning()], { timeout: 30_000 })
    .toEqual([false, false]);
  expect(await ada().serving.list()).toEqual([]);
  expect(await ada().suts.get({ id: sutId })).toMatchObject({ inUse: null, quarantine: null });
}

describe('a Linux that installs itself through a BMC, by Redfish and its virtual media', { timeout: 240_000 }, () => {
  it('comes onto a bare machine, is tested over SSH with the key of the answers, and nothing is left in the drives', async () => {
    const run = await ended((await start()).id);
    expect(run, machine.console()).toMatchObject({ verdict: 'passed', failure: null, counts: { passed: 1 } });
    expect(machine.console()).toContain('lab: INSTALLED');
    expect(await ada().provisioning.installed({ sutId })).toMatchObject({ recipe: 'Lab Linux by its BMC', image: { name: 'lab-linux' } });
    await nothingIsLeft();
  });

  it('is not installed again when it is there', async () => {
    const before = machine.console().length;
    await ada().suts.power({ id: sutId, action: 'on' });
    await expect.poll(() => machine.console().slice(before), { timeout: 120_000 }).toContain('lab: ready');
    const run = await ended((await start()).id);
    expect(run.verdict).toBe('passed');
    expect(run.phases.find(({ state }) => state === 'provisioning')).toMatchObject({
      outcome: 'skipped',
      note: expect.stringContaining('lab-linux already') as unknown,
    });
  });

  it('stopped in the middle of its installation leaves both drives empty and the machine off', async () => {
    const { id } = await start('held.recipe.yaml');
    await expect.poll(() => machine.console(), { timeout: 120_000 }).toContain('lab: holding');
    await ada().runs.stop({ id });
    expect(await ended(id)).toMatchObject({ verdict: 'stopped', provisioning: { suts: [{ state: 'stopped' }] } });
    await nothingIsLeft();
    expect(await ada().provisioning.installed({ sutId })).toBe(null);
  });
});
