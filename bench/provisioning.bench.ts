import { createRouterClient } from '@orpc/server';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, runTool } from '../e2e/lab/processes.ts';
import { writeTinyMachine } from '../e2e/lab/tiny-machine.ts';
import { composeHarness } from '../src-main/compose.ts';
import type { Run } from '../src-shared/model/run.ts';
import { figure, median, print, round } from './lib/figure.ts';

// The product's own share of a provisioning: from the wish to the end of its run, tear-down and report included, less the time in which a machine
// was waited for. A QEMU machine is switched off, given an image of 64 MB as a CD, told to start from it, switched on, seen on its console, and
// given back. What QEMU takes to start and to end is in the figure: it is asked for by steps, not waited for by one.
const ROUNDS = 7;
const IMAGE = 64 * 1024 ** 2;
const RECIPE = `recipe: From a CD
steps:
  - { do: power, action: off }
  - { do: insert, what: image }
  - { do: boot, device: cdrom }
  - { do: power, action: on }
  - { do: waitConsole, pattern: booted from cdrom, limit: 60 }
  - { do: eject }
powerAfter: off
`;

const folder = mkdtempSync(join(tmpdir(), 'atn-bench-provisioning-'));
const resources = join(process.cwd(), 'resources');
const harness = await composeHarness({ home: join(folder, 'home'), face: 'headless', appVersion: '1.0.0', resources });
const client = createRouterClient(harness.router, { context: { caller: { user: 'bench', origin: 'cli' } } });
try {
  const testDataId = await prepare();
  const own: number[] = [];
  const whole: number[] = [];
  for (let each = 0; each < ROUNDS; each += 1) {
    const began = performance.now();
    const { id } = await client.runs.provision({ sut: 'virtual-1', recipe: 'cd.recipe.yaml', testDataId, image: 'tiny', when: 'always' });
    const run = await ended(id);
    const took = performance.now() - began;
    if (run.verdict !== 'passed') throw new Error(`The provisioning came to ${JSON.stringify(run.failure)}`);
    whole.push(took);
    own.push(took - waitedFor(run));
  }
  print(
    `${ROUNDS} provisionings: median ${round(median(whole))} ms in all, ${round(median(own))} ms of its own, most ${round(Math.max(...own))} ms`,
  );
  figure('own share of a provisioning on QEMU, everything but waiting for the machine', median(own), { atMost: 2000, unit: 'ms' });
} finally {
  await harness.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A machine, an image that it can boot from and that is worth hashing, and the recipe; answers the test data. */
async function prepare(): Promise<string> {
  const { disk, iso } = writeTinyMachine(folder);
  runTool(program('truncate', 'coreutils'), ['-s', String(IMAGE), iso]);
  const sut = await client.suts.create({ name: 'virtual-1', endpoints: [{ provider: 'qemu' }] });
  const machine = join(folder, 'home', 'machines', sut.id);
  mkdirSync(machine, { recursive: true });
  runTool(program('qemu-img', 'qemu-utils'), ['convert', '-f', 'raw', '-O', 'qcow2', disk, join(machine, 'disk.qcow2')]);
  for await (const event of await client.images.importFile({ path: iso, name: 'tiny', revision: '' })) void event;
  const suites = join(folder, 'suites');
  mkdirSync(suites);
  writeFileSync(join(suites, 'a.robot'), '*** Test Cases ***\nReal\n    Log    hello\n');
  writeFileSync(join(suites, 'cd.recipe.yaml'), RECIPE);
  for await (const event of await client.testData.importPath({ path: suites })) if (event.type === 'done') return event.testData.id;
  throw new Error('The test data did not come in.');
}

async function ended(id: string): Promise<Run> {
  for await (const run of await client.runs.follow({ id })) if (run.state === 'ended') return run;
  return client.runs.get({ id });
}

/** ms in which the machine was waited for. */
function waitedFor({ provisioning }: Run): number {
  const steps = provisioning?.suts.flatMap((sut) => sut.steps) ?? [];
  const waits = steps.filter(({ what }) => what.startsWith('Wait for'));
  return waits.reduce((sum, { startedAt, endedAt }) => sum + ((endedAt ?? 0) - (startedAt ?? 0)), 0);
}
