import { randomUUID } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBmcWithMachine } from '../../e2e/lab/bmc-with-machine.ts';
import { makeCertificate } from '../../e2e/lab/certificate.ts';
import { startOpenSsh } from '../../e2e/lab/openssh.ts';
import { startRedfishService } from '../../e2e/lab/redfish-service.ts';
import { startSushy } from '../../e2e/lab/sushy.ts';
import { writeTinyMachine } from '../../e2e/lab/tiny-machine.ts';
import { startVirtualBmc } from '../../e2e/lab/virtual-bmc.ts';
import { OOBM_THREADS, OobmJobs } from '../workers/oobm-jobs.ts';
import { WorkerPool } from '../workers/pool.ts';
import { CAPABILITIES, type Action, type Args, type Asked, type Capability, type Value } from './capabilities.ts';
import type { Endpoint } from './endpoints.ts';
import { startSimulatedMachine } from './simulated/simulated-lab.ts';

interface Started {
  endpoint: Endpoint;
  stop: () => Promise<unknown>;
  /** An image it takes, where it has virtual media. */
  image?: string;
}

/** A machine of somebody else's making, reached in one way. */
interface Peer {
  name: string;
  start: () => Promise<Started>;
  /** What this way to this peer can do; of everything else it must say that it cannot. */
  claims: Capability[];
  /** What it shows of a boot device that was set: the device, only when the machine is off, or nothing; then the machine itself shows it. */
  bootShown?: 'when off' | 'by booting';
  /** Power changes take so long, ms. */
  slow?: number;
}

const folder = mkdtempSync(join(tmpdir(), 'atn-providers-'));
const tiny = writeTinyMachine(folder);
const local = { id: 'peer', host: '127.0.0.1' };
const hardware: Capability[] = ['identity', 'power', 'bootDevice', 'sensors', 'sel', 'fru', 'identify', 'firmware'];

const PEERS: Peer[] = [
  {
    name: 'ipmi: ipmi_sim of OpenIPMI with a QEMU machine behind it',
    claims: [...hardware, 'console'],
    bootShown: 'by booting', // it drops the bit that says the boot flags are valid
    start: async () => {
      const { port, username, password, stop } = await startBmcWithMachine();
      return { endpoint: { ...local, provider: 'ipmi', port, username, password }, stop };
    },
  },
  {
    name: 'ipmi: virtualbmc on libvirt',
    claims: ['identity', 'power', 'bootDevice', 'firmware'],
    bootShown: 'when off', // libvirt shows what a running machine was started with
    start: async () => {
      const { port, username, password, stop } = await startVirtualBmc();
      return { endpoint: { ...local, provider: 'ipmi', port, username, password, suites: [3] }, stop };
    },
  },
  {
    name: 'simulated: the BMC of ipmi-js',
    claims: [...hardware, 'console'],
    start: async () => {
      const { endpoint, stop } = await startSimulatedMachine({ name: 'peer', kind: 'steady' });
      return { endpoint: { ...endpoint, id: 'peer' }, stop };
    },
  },
  {
    name: 'redfish: the emulator of sushy-tools',
    claims: ['identity', 'power', 'bootDevice', 'virtualMedia', 'sensors', 'fru', 'identify', 'firmware'],
    slow: 15_000,
    start: async () => {
      const [emulator, files] = [await startSushy(), await serveImage()];
      const { url, username, password, fingerprint } = emulator;
      const endpoint: Endpoint = { id: 'peer', provider: 'redfish', url, username, password, certificate: fingerprint };
      return { endpoint, image: files.url, stop: () => Promise.all([emulator.stop(), files.stop()]) };
    },
  },
  {
    name: 'redfish: a service with sessions, logs and media',
    claims: [...hardware, 'virtualMedia'],
    start: async () => {
      const certificate = makeCertificate(folder, 'service');
      const { url, username, password, stop } = await startRedfishService(certificate);
      const endpoint: Endpoint = { id: 'peer', provider: 'redfish', url, username, password, certificate: certificate.fingerprint };
      return { endpoint, image: 'https://192.0.2.1/tiny.iso', stop };
    },
  },
  {
    name: 'ssh: OpenSSH',
    claims: ['shell', 'console'],
    start: async () => {
      const { port, username, privateKey, hostKey, stop } = await startOpenSsh();
      return { endpoint: { ...local, provider: 'ssh', port, username, privateKey, hostKey }, stop };
    },
  },
  {
    name: 'qemu: a virtual machine',
    claims: ['identity', 'power', 'bootDevice', 'virtualMedia', 'firmware', 'console'],
    start: async () => {
      const endpoint: Endpoint = { provider: 'qemu', id: 'peer', folder: join(folder, 'vm'), uuid: randomUUID(), memory: 64, disk: 0 };
      await ask(endpoint, ['virtualMedia', 'insert'], { image: tiny.iso });
      await ask(endpoint, ['power', 'set'], { action: 'on' });
      return { endpoint, image: tiny.iso, stop: () => ask(endpoint, ['power', 'set'], { action: 'off' }) };
    },
  },
  {
    name: 'command: scripts of the operator',
    claims: ['power', 'console'],
    start: async () => {
      const state = join(folder, 'relay');
      writeFileSync(state, 'on');
      const sh = (script: string) => ({ program: '/bin/sh', args: ['-c', script, 'sh', state] });
      const commands = { on: sh('echo on > "$1"'), off: sh('echo off > "$1"'), status: sh('cat "$1"'), console: sh('cat') };
      return { endpoint: { id: 'peer', provider: 'command', commands }, stop: async () => undefined };
    },
  },
];

const pool = new WorkerPool({ threads: OOBM_THREADS });
const jobs = new OobmJobs(pool);
afterAll(async () => {
  await jobs.close();
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

const sutOf = (endpoint: Endpoint) => ({ id: JSON.stringify(endpoint), name: endpoint.provider });
async function ask<C extends Asked, A extends Action<C>>(
  endpoint: Endpoint,
  [capability, action]: [C, A],
  args: Args<C, A>,
): Promise<Value<C, A>> {
  const answer = await jobs.perform({ sut: sutOf(endpoint), endpoints: [endpoint], capability, action, args, fence: null });
  expect(answer).toMatchObject({ provider: endpoint.provider, attempts: [{ outcome: 'done' }] });
  return answer.value;
}

/** The image over HTTP, for a BMC that fetches it. */
async function serveImage(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((_request, response) => createReadStream(tiny.iso).pipe(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/tiny.iso`, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

interface Case extends Omit<Started, 'stop'> {
  peer: Peer;
}

/** The behaviour of each capability, the same for whoever claims it. */
const BEHAVIOUR: Record<Capability, (at: Case) => Promise<void>> = {
  identity: async ({ endpoint }) => {
    const identity = await ask(endpoint, ['identity', 'read'], {});
    if (identity.uuid !== null) expect(identity.uuid).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
    expect(Object.values(identity).filter((value) => value !== null).length).toBeGreaterThan(0);
    expect(await ask(endpoint, ['identity', 'read'], {})).toEqual(identity);
  },
  power: async ({ endpoint, peer }) => {
    const becomes = (on: boolean) =>
      expect.poll(async () => (await ask(endpoint, ['power', 'read'], {})).on, { timeout: peer.slow ?? 5000, interval: 50 }).toBe(on);
    await ask(endpoint, ['power', 'set'], { action: 'off' });
    await becomes(false);
    await expect(ask(endpoint, ['power', 'set'], { action: 'reset' })).rejects.toMatchObject({
      code: expect.stringMatching(/^OOBM_(REFUSED|UNSUPPORTED)$/) as unknown,
    });
    await ask(endpoint, ['power', 'set'], { action: 'on' });
    await becomes(true);
    await ask(endpoint, ['power', 'set'], { action: 'on' }); // what is on already is no mistake
    await becomes(true);
    await ask(endpoint, ['power', 'set'], { action: 'cycle' });
    await becomes(true);
  },
  bootDevice: async ({ endpoint, peer: { bootShown } }) => {
    if (bootShown === 'when off') await ask(endpoint, ['power', 'set'], { action: 'off' });
    for (const device of ['cdrom', 'disk'] as const) {
      await ask(endpoint, ['bootDevice', 'set'], { device, lasting: 'once' });
      if (bootShown === 'by booting') await bootsFrom(endpoint, device);
      else expect((await ask(endpoint, ['bootDevice', 'read'], {})).device).toBe(device);
    }
  },
  virtualMedia: async ({ endpoint, image = '' }) => {
    const cd = async () => (await ask(endpoint, ['virtualMedia', 'read'], {})).find(({ kinds }) => kinds.includes('cd'));
    await ask(endpoint, ['virtualMedia', 'insert'], { image });
    expect(await cd()).toMatchObject({ image, inserted: true });
    await ask(endpoint, ['virtualMedia', 'insert'], { image }); // over the one that is in
    await ask(endpoint, ['virtualMedia', 'eject'], {});
    expect(await cd()).toMatchObject({ image: null, inserted: false });
    await ask(endpoint, ['virtualMedia', 'eject'], {});
    await expect(ask(endpoint, ['virtualMedia', 'insert'], { image, drive: 'no such drive' })).rejects.toMatchObject({
      code: expect.stringMatching(/^(BAD_REQUEST|OOBM_UNSUPPORTED)$/) as unknown,
    });
    await ask(endpoint, ['virtualMedia', 'insert'], { image });
  },
  sensors: async ({ endpoint }) => {
    const sensors = await ask(endpoint, ['sensors', 'read'], {});
    expect(new Set(sensors.map(({ id }) => id)).size).toBe(sensors.length);
    const temperature = sensors.find(({ kind }) => kind === 'Temperature');
    expect(temperature).toMatchObject({ unit: '°C', value: expect.any(Number) as number });
    expect(Object.keys(temperature?.thresholds ?? {})).not.toEqual([]);
  },
  sel: async ({ endpoint }) => {
    const log = await ask(endpoint, ['sel', 'read'], {});
    expect(log.entries.length).toBeGreaterThan(0);
    for (const entry of log.entries) expect(entry.message).not.toBe('');
    const times = log.entries.map(({ at }) => at ?? 0);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    await ask(endpoint, ['sel', 'clear'], {});
    expect((await ask(endpoint, ['sel', 'read'], {})).entries.length).toBeLessThan(2); // some log that they were cleared
  },
  fru: async ({ endpoint }) => {
    const items = await ask(endpoint, ['fru', 'read'], {});
    expect(items.flatMap(({ fields }) => fields).map(({ name }) => name)).toContain('Manufacturer');
  },
  identify: async ({ endpoint }) => {
    await ask(endpoint, ['identify', 'set'], { on: true, seconds: 30 });
    const on = await ask(endpoint, ['identify', 'read'], {}).catch((error: { code: string }) => error);
    if (!('code' in on)) expect(on.on).toBe(true);
    else expect(on.code).toBe('OOBM_UNSUPPORTED'); // a light that cannot be asked
    await ask(endpoint, ['identify', 'set'], { on: false });
  },
  firmware: async ({ endpoint }) => {
    const [first] = await ask(endpoint, ['firmware', 'read'], {});
    expect(first?.version).toMatch(/\d/);
  },
  shell: async ({ endpoint }) => {
    expect(await ask(endpoint, ['shell', 'run'], { command: 'echo "$((6*7))"' })).toMatchObject({ exitCode: 0, stdout: '42\n' });
  },
  console: async ({ endpoint, peer }) => {
    const opened = await jobs.openConsole({ sut: sutOf(endpoint), endpoints: [endpoint], fence: null });
    expect(opened).toMatchObject({ provider: endpoint.provider, attempts: [{ outcome: 'done' }] });
    let seen = '';
    opened.stream.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    // A machine begins to talk when it begins; the others are there already.
    if (peer.claims.includes('power') && endpoint.provider !== 'command') {
      await ask(endpoint, ['power', 'set'], { action: 'off' });
      await ask(endpoint, ['power', 'set'], { action: 'on' });
      await expect.poll(() => seen, { timeout: 10_000 }).toMatch(/booted|login/);
    }
    opened.stream.write('mirror');
    await expect.poll(() => seen, { timeout: 10_000 }).toContain('mirror');
    opened.stream.destroy();
    // What was closed can be opened again.
    const again = await jobs.openConsole({ sut: sutOf(endpoint), endpoints: [endpoint], fence: null });
    again.stream.destroy();
  },
};

/** What the machine itself says about where it booted from. */
async function bootsFrom(endpoint: Endpoint, device: string): Promise<void> {
  const { stream } = await jobs.openConsole({ sut: sutOf(endpoint), endpoints: [endpoint], fence: null });
  let seen = '';
  stream.on('data', (chunk: Buffer) => (seen += chunk.toString()));
  await ask(endpoint, ['power', 'set'], { action: 'off' });
  await ask(endpoint, ['power', 'set'], { action: 'on' });
  await expect.poll(() => seen, { timeout: 10_000 }).toContain(`booted from ${device}`);
  stream.destroy();
}

/** A read that shows whether a capability is there. */
const READS = CAPABILITIES.filter((each) => each !== 'console' && each !== 'shell');

describe.each(PEERS)('$name', (peer) => {
  let started: Started | undefined;
  const at = (): Case => {
    if (started === undefined) throw new Error(`${peer.name} did not start`);
    return { ...started, peer };
  };
  beforeAll(async () => {
    started = await peer.start();
  });
  afterAll(() => started?.stop());

  it.each(peer.claims)('%s', async (capability) => BEHAVIOUR[capability](at()));

  it('tells no secret when something goes wrong', async () => {
    const { endpoint } = at();
    if (!('password' in endpoint) && !('privateKey' in endpoint)) return expect(['qemu', 'command']).toContain(endpoint.provider);
    const secret = 'canary-7f3a';
    const wrong: Endpoint = { ...endpoint, password: secret };
    if (wrong.provider === 'ssh') delete wrong.privateKey;
    const [capability, action, args] = wrong.provider === 'ssh' ? ['shell', 'run', { command: 'true' }] : ['power', 'read', {}];
    const call = { sut: { id: 'canary', name: 'canary' }, endpoints: [wrong], capability, action, args, fence: null };
    const error: unknown = await jobs.perform(call as never).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'OOBM_AUTH' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret);
  });

  it('says of everything else that it cannot', async () => {
    const { endpoint } = at();
    for (const capability of READS.filter((each) => !peer.claims.includes(each))) {
      const call = { sut: sutOf(endpoint), endpoints: [endpoint], capability, action: 'read', args: {} } as const;
      await expect(jobs.perform(call as never), capability).rejects.toMatchObject({ code: 'OOBM_UNSUPPORTED' });
    }
    if (!peer.claims.includes('console')) {
      const opening = jobs.openConsole({ sut: sutOf(endpoint), endpoints: [endpoint], fence: null });
      await expect(opening).rejects.toMatchObject({ code: 'OOBM_UNSUPPORTED' });
    }
  });
});
