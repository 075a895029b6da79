import { createRouterClient } from '@orpc/server';
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DHCP_SERVERS } from '../e2e/lab/dhcp-servers.ts';
import { inOwnNetwork, layLan, testInOwnNetwork, type Lan } from '../e2e/lab/own-network.ts';
import { freePort, program, startPeer } from '../e2e/lab/processes.ts';
import { labBootFiles, selfInstallingLinux } from '../e2e/lab/self-installing-linux.ts';
import { startSushy } from '../e2e/lab/sushy.ts';
import { startUefiMachine } from '../e2e/lab/uefi-machine.ts';
import type { Run } from '../src-shared/model/run.ts';
import { composeHarness } from './compose.ts';
import { folderWith } from './services/test-data/test-bench.ts';

const RECIPE = `recipe: Boot from the network
steps:
  - { do: networkBoot, arguments: 'console=ttyS0 quiet panic=1 lab.ip=10.77.0.50/24 lab.call={{ callBack.url }}' }
  - { do: waitCallBack, limit: 240 }
`;
const SUITE = '*** Test Cases ***\nReal\n    Log    hello\n';
const UUID = '00000000-0000-4000-8000-000000000000';
const MAC = '52:54:00:77:00:01';

if (inOwnNetwork) describe('firmware that starts from the network', { timeout: 300_000 }, firmware);
else
  it('firmware of real machines is led by a lab’s DHCP server to the image of its run', { timeout: 600_000 }, async ({ signal }) => {
    selfInstallingLinux(); // made of packages that cannot be fetched from in there
    await testInOwnNetwork(import.meta.filename, signal);
  });

function firmware(): void {
  let lan: Lan;
  const cleanups: (() => Promise<unknown>)[] = [];
  beforeAll(() => {
    lan = layLan();
  });
  afterEach(async () => {
    for (const clean of cleanups.splice(0).reverse()) await clean();
  });
  afterAll(() => lan.close());

  async function lab(settings: { tftpPort: number; proxyDhcp?: boolean }) {
    const home = mkdtempSync(join(tmpdir(), 'atn-firmware-'));
    const resources = join(import.meta.dirname, '../resources');
    const harness = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
    cleanups.push(() => harness.close());
    const ada = createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });
    const programs = { bootPrograms: '/usr/lib/ipxe', bootPort: await freePort() };
    await ada.system.updateSettings({ servingAddress: lan.address, ...programs, ...settings });
    const sushy = await startSushy();
    cleanups.push(() => sushy.stop());
    const { url: address, username: user, password, fingerprint: pin } = sushy;
    const { id: sutId } = await ada.suts.create({ name: 'node-1', endpoints: [{ provider: 'redfish', address, user, password, pin }] });
    for await (const event of await ada.suts.verify({ id: sutId })) void event;
    const { kernel, initrd } = labBootFiles(home);
    for await (const event of await ada.images.importFile({ path: kernel, initrds: [initrd], name: 'lab linux' })) void event;
    let testDataId = '';
    for await (const event of await ada.testData.importPath({ path: folderWith({ 'smoke.robot': SUITE, 'boot.recipe.yaml': RECIPE }) }))
      if (event.type === 'done') testDataId = event.testData.id;
    return {
      home,
      ada,
      provision: () => ada.runs.provision({ sut: 'node-1', recipe: 'boot.recipe.yaml', testDataId, image: 'lab linux' }),
    };
  }
  type Lab = Awaited<ReturnType<typeof lab>>;

  /** Starts the run, then the machine that its BMC only pretends to have; answers what the machine said. */
  async function bootedBy({ ada, home, provision }: Lab, way: 'pxe' | 'http'): Promise<string> {
    const { id } = await provision();
    await vi.waitFor(async () => expect((await ada.serving.list()).map(({ name }) => name)).toContain('boot.ipxe'), { timeout: 60_000 });
    const machine = startUefiMachine({ uuid: UUID, mac: MAC, tap: lan.tap, folder: home, way });
    cleanups.push(() => machine.stop());
    let run: Run = await ada.runs.get({ id });
    await vi.waitFor(
      async () => {
        run = await ada.runs.get({ id });
        expect(run.state, machine.output().slice(-3000)).toBe('ended');
      },
      { timeout: 270_000, interval: 500 },
    );
    expect(run, machine.output().slice(-3000)).toMatchObject({ verdict: 'passed', failure: null });
    expect(run.provisioning?.suts[0]?.fetchedBytes).toBeGreaterThan(10_000_000);
    expect(await ada.serving.list()).toEqual([]);
    return machine.output();
  }

  async function serveDhcp(bench: Lab, server: 'Kea' | 'ISC dhcpd'): Promise<void> {
    const { snippets, missing } = await bench.ada.serving.networkBoot();
    expect(missing).toEqual([]);
    const running = await DHCP_SERVERS[server]?.(snippets.find((each) => each.server === server)?.text ?? '', lan.device);
    cleanups.push(async () => running?.stop());
  }

  it('UEFI HTTP boot: from the first program on over HTTP, by Kea', async () => {
    const bench = await lab({ tftpPort: 0 });
    await serveDhcp(bench, 'Kea');
    const said = await bootedBy(bench, 'http');
    expect(said).toMatch(/Start HTTP Boot over IPv4[^]*URI: http:\/\/10\.77\.0\.1:\d+\/ipxe\.efi[^]*lab: called/u);
  });

  it('proxyDHCP: the lab’s own DHCP server, on another computer, gives an address and knows nothing; the workbench tells the rest while the run lasts', async () => {
    const bench = await lab({ tftpPort: 69, proxyDhcp: true });
    const dnsmasq = await DHCP_SERVERS['dnsmasq']?.('', 'card0', (command, args) => startPeer(...lan.there(command, args)));
    cleanups.push(async () => dnsmasq?.stop());
    let heard = 0;
    const leave = new AbortController();
    cleanups.push(() => Promise.resolve(leave.abort()));
    const watching = (async () => {
      for await (const files of await bench.ada.serving.watch(undefined, { signal: leave.signal }))
        for (const { announced } of files) heard = Math.max(heard, announced ?? 0);
    })().catch(() => undefined);
    const said = await bootedBy(bench, 'pxe');
    expect(said).toMatch(/NBP filename is ipxe\.efi[^]*NBP file downloaded successfully[^]*lab: called/u);
    leave.abort();
    await watching;
    expect(heard, 'firmware and iPXE').toBeGreaterThanOrEqual(2);
    const { stdout } = await promisify(execFile)(program('ss', 'iproute2'), ['-Huln']);
    expect(stdout, 'nobody listens for DHCP any more').not.toMatch(/:(?:67|4011)\s/u);
  });

  it('UEFI PXE: the first program by TFTP, the rest over HTTP, by ISC dhcpd', async () => {
    const bench = await lab({ tftpPort: 69 });
    await serveDhcp(bench, 'ISC dhcpd');
    const said = await bootedBy(bench, 'pxe');
    expect(said).toMatch(/NBP filename is ipxe\.efi[^]*NBP file downloaded successfully[^]*lab: called/u);
  });
}
