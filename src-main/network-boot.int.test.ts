import { createRouterClient } from '@orpc/server';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { freePort, program, startPeer } from '../e2e/lab/processes.ts';
import { startSushy } from '../e2e/lab/sushy.ts';
import { writeTinyMachine } from '../e2e/lab/tiny-machine.ts';
import type { Run } from '../src-shared/model/run.ts';
import { composeHarness } from './compose.ts';
import { folderWith } from './services/test-data/test-bench.ts';

const resources = join(import.meta.dirname, '../resources');
const exec = promisify(execFile);
const WAIT = { timeout: 60_000, interval: 100 };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const RECIPE = `recipe: Boot from the network
failOn: [It did not come to a start]
steps:
  - { do: power, action: off }
  - { do: networkBoot, arguments: 'console=ttyS0 install' }
  - { do: power, action: on }
  - { do: waitConsole, pattern: booted from disk, limit: 120 }
powerAfter: off
`;
const WAITS = 'recipe: Wait\nsteps:\n  - { do: networkBoot }\n  - { do: waitPower, on: false, limit: 120 }\n';
const SUITE = '*** Test Cases ***\nReal\n    Log    hello\n';

async function lab() {
  const home = mkdtempSync(join(tmpdir(), 'atn-netboot-'));
  const harness = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
  cleanups.push(() => harness.close());
  const ada = createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });
  const folder = folderWith({ 'smoke.robot': SUITE, 'boot.recipe.yaml': RECIPE, 'wait.recipe.yaml': WAITS });
  let testDataId = '';
  for await (const event of await ada.testData.importPath({ path: folder })) if (event.type === 'done') testDataId = event.testData.id;
  const start = (sut: string, image: string, recipe = 'boot.recipe.yaml') =>
    ada.runs.start({ testDataId, suts: [sut], provisioning: { recipe, image } });
  const bringIn = async (path: string, name: string, initrds: string[] = []) => {
    for await (const event of await ada.images.importFile({ path, name, initrds })) if (event.type === 'done') return event.image;
    throw new Error('The image was not imported.');
  };
  const ended = async (id: string): Promise<Run> => {
    await vi.waitFor(async () => expect((await ada.runs.get({ id })).state).toBe('ended'), { timeout: 150_000, interval: 200 });
    return ada.runs.get({ id });
  };
  return { home, ada, start, bringIn, ended, tiny: writeTinyMachine(home) };
}
type Lab = Awaited<ReturnType<typeof lab>>;

/** A virtual machine of the harness: its network card has QEMU's own iPXE. */
async function virtualMachine({ ada }: Lab): Promise<string> {
  const { id } = await ada.suts.create({ name: 'virtual-1', endpoints: [{ provider: 'qemu', diskGib: 0 }] });
  cleanups.push(() => ada.suts.power({ id, action: 'off', confirmed: true }).catch(() => undefined));
  return id;
}

describe('a start from the network', { timeout: 240_000 }, () => {
  it('brings kernel and RAM disk of the library to a machine by iPXE, and nothing of it stays', async () => {
    const bench = await lab();
    const { ada, home, tiny } = bench;
    await ada.system.updateSettings({ bootPort: 0 });
    await virtualMachine(bench);
    const initrd = join(home, 'initrd.img');
    writeFileSync(initrd, Buffer.alloc(200_000, 'initrd'));
    const kernel = join(home, 'vmlinuz');
    writeFileSync(kernel, readFileSync(tiny.disk).subarray(0, 512));
    const image = await bench.bringIn(kernel, 'tiny linux', [initrd]);
    expect(image).toMatchObject({ kind: 'boot', description: { notes: ['kernel, 512 B', 'initial RAM disk, 200 KB'] } });
    const { id } = await bench.start('virtual-1', 'tiny linux');
    const run = await bench.ended(id);
    expect(run.provisioning?.suts[0]?.steps.map(({ what, state }) => `${what}: ${state}`)).toEqual([
      'Power off: done',
      'Boot the image from the network once: done',
      'Power on: done',
      'Wait for “booted from disk” on the console: done',
      'Power off: done',
      'Restore the boot order: done',
    ]);
    expect(run.verdict).toBe('passed');
    expect(run.provisioning?.suts[0]?.fetchedBytes).toBeGreaterThan(200_512);
    expect(await ada.serving.list()).toEqual([]);
  });

  it('tells a machine that the lab has led here by DHCP what it is to start, known by its UUID, and every other nothing', async () => {
    const bench = await lab();
    const { ada, home, tiny } = bench;
    const [bootPort, tftpPort] = [await freePort(), await freePort()];
    const programs = mkdtempSync(join(tmpdir(), 'atn-ipxe-'));
    writeFileSync(join(programs, 'undionly.kpxe'), 'a first stage');
    await ada.system.updateSettings({ bootPort, tftpPort, servingAddress: '127.0.0.1', bootPrograms: programs });
    const boot = await ada.serving.networkBoot();
    expect(boot).toMatchObject({ address: '127.0.0.1', port: bootPort, programs: ['undionly.kpxe'], missing: [] });
    expect(boot.snippets.map(({ server }) => server)).toEqual(['dnsmasq', 'ISC dhcpd', 'Kea']);
    const sushy = await startSushy(['fake-1']);
    cleanups.push(() => sushy.stop());
    const { url: address, username: user, password, fingerprint: pin } = sushy;
    const { id: sutId } = await ada.suts.create({ name: 'node-1', endpoints: [{ provider: 'redfish', address, user, password, pin }] });
    for await (const event of await ada.suts.verify({ id: sutId })) void event;
    const rescue = join(home, 'rescue.bin');
    writeFileSync(rescue, readFileSync(tiny.disk).subarray(0, 512));
    await bench.bringIn(rescue, 'rescue');
    const { id } = await bench.start('node-1', 'rescue', 'wait.recipe.yaml');
    await vi.waitFor(async () => expect(await ada.serving.list()).toHaveLength(2), WAIT);
    const asked = async (query: string) => (await fetch(`http://127.0.0.1:${bootPort}/boot.ipxe${query}`)).text();
    expect(await asked('?uuid=11111111-1111-1111-1111-111111111111&mac=')).toContain('not to start from the network now');
    expect(await asked('')).toContain(`chain --replace http://127.0.0.1:${bootPort}/boot.ipxe?uuid=\${uuid}&mac=\${mac}`);
    expect(await bootedByIpxe(bootPort, '00000000-0000-4000-8000-000000000000')).toContain('tiny machine: booted from disk');
    // Firmware and BMC do not agree on the order of its first bytes.
    const script = await asked(`?uuid=00000000-0000-0040-8000-000000000000&mac=52:54:00:00:00:01`);
    const [, path = ''] = /^chain (\/\S+\/rescue)/mu.exec(script) ?? [];
    const url = `http://127.0.0.1:${bootPort}${path}`;
    expect((await exec('curl', ['-sS', url], { encoding: 'buffer', maxBuffer: 1 << 25 })).stdout.equals(readFileSync(rescue))).toBe(true);
    const { stdout } = await exec('curl', ['-sS', `tftp://127.0.0.1:${tftpPort}/undionly.kpxe`]);
    expect(stdout).toBe('a first stage');
    await ada.runs.stop({ id, reason: 'seen', now: true });
    await bench.ended(id);
    await expect(fetch(`http://127.0.0.1:${bootPort}/boot.ipxe`)).rejects.toThrow('fetch failed');
  });
});

/** What a machine says whose DHCP server (QEMU's) names the one address for all: its network card has an iPXE that nobody here wrote. */
async function bootedByIpxe(bootPort: number, uuid: string): Promise<string> {
  const peer = startPeer(program('qemu-system-x86_64', 'qemu-system-x86'), [
    ...['-machine', 'pc', '-accel', 'tcg', '-m', '64', '-nodefaults', '-display', 'none', '-vga', 'none', '-uuid', uuid],
    ...['-netdev', `user,id=net,bootfile=http://10.0.2.2:${bootPort}/boot.ipxe`, '-device', 'virtio-net-pci,netdev=net'],
    ...['-boot', 'n', '-serial', 'stdio'],
  ]);
  cleanups.push(() => peer.stop());
  await vi.waitFor(() => expect(peer.output()).toMatch(/booted from|Could not boot|No more network devices/u), {
    timeout: 120_000,
    interval: 200,
  });
  await peer.stop();
  return peer.output();
}
