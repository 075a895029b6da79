import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildAtn, HarnessProcess } from '../../e2e/lab/harness-process.ts';

const MACHINE = `- name: virtual-1
  endpoints:
    - provider: qemu
      diskGib: 0
`;

let harness: HarnessProcess;
beforeAll(buildAtn, 120_000);
afterEach(async () => {
  await harness.atn('suts', 'power', 'virtual-1', 'off', '--yes');
  await harness.leave();
});
const power = async () => (await harness.atn<{ on: boolean }>('suts', 'power', 'virtual-1', 'status')).on;

describe('a harness with a virtual machine on', () => {
  it('ends when it is asked to, holds nobody up, leaves the machine on and finds it again', { timeout: 180_000 }, async () => {
    harness = new HarnessProcess();
    await harness.start();
    const file = join(harness.home, 'machines.yaml');
    writeFileSync(file, MACHINE);
    await harness.atn('suts', 'add', '--file', file);
    await harness.atn('suts', 'power', 'virtual-1', 'on');
    expect(await power()).toBe(true);
    // Not before its output is closed: a machine that inherited it would hold up whoever reads it until it is switched off.
    expect(await harness.end()).toBe(0);
    await harness.start();
    expect(await power()).toBe(true);
  });
});
