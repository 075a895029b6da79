import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { program, runTool } from '../../../e2e/lab/processes.ts';
import { writeTinyMachine } from '../../../e2e/lab/tiny-machine.ts';
import { OOBM_THREADS, OobmJobs } from '../../workers/oobm-jobs.ts';
import { WorkerPool } from '../../workers/pool.ts';
import type { QemuEndpoint } from '../endpoints.ts';

const sut = { id: 'virtual', name: 'virtual-1' };
let folder: string;
let endpoint: QemuEndpoint;
let iso: string;
let harness: Awaited<ReturnType<typeof startHarness>>;

/** A harness's pool, which can be ended and made anew while machines go on. */
async function startHarness() {
  const pool = new WorkerPool({ threads: OOBM_THREADS });
  const jobs = new OobmJobs(pool);
  return {
    jobs,
    stop: async () => {
      await jobs.close();
      await pool.close();
    },
  };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atn, qemu-')); // a comma, because QEMU gives it a meaning
  const tiny = writeTinyMachine(folder);
  iso = tiny.iso;
  endpoint = { provider: 'qemu', id: 'q', folder: join(folder, 'machine'), memory: 64, disk: 1, uuid: randomUUID() };
  mkdirSync(endpoint.folder);
  runTool(program('qemu-img', 'qemu-utils'), ['convert', '-f', 'raw', '-O', 'qcow2', tiny.disk, join(endpoint.folder, 'disk.qcow2')]);
  harness = await startHarness();
});
afterEach(async () => {
  await set('off').catch(() => undefined);
  await harness.stop();
  rmSync(folder, { recursive: true, force: true });
});

const set = (action: 'on' | 'off' | 'cycle' | 'reset' | 'soft') =>
  harness.jobs.perform({ sut, endpoints: [endpoint], capability: 'power', action: 'set', args: { action }, fence: null });
const isOn = async () =>
  (await harness.jobs.perform({ sut, endpoints: [endpoint], capability: 'power', action: 'read', args: {} })).value.on;
const boot = (device: 'none' | 'disk' | 'cdrom', lasting: 'once' | 'always') =>
  harness.jobs.perform({ sut, endpoints: [endpoint], capability: 'bootDevice', action: 'set', args: { device, lasting }, fence: null });

async function console() {
  const { stream } = await harness.jobs.openConsole({ sut, endpoints: [endpoint], fence: null });
  let seen = '';
  stream.on('data', (chunk: Buffer) => (seen += chunk.toString()));
  stream.on('error', () => undefined);
  return { stream, shows: (words: string, times = 1) => expect.poll(() => seen.split(words).length - 1, { timeout: 10_000 }).toBe(times) };
}

describe('a virtual machine', () => {
  it('goes on and off, boots from where it is told, and keeps its console through all of it', async () => {
    const { stream, shows } = await console();
    expect(await isOn()).toBe(false);
    await set('on');
    await shows('booted from disk');
    stream.write('hello');
    await shows('hello');
    await harness.jobs.perform({
      sut,
      endpoints: [endpoint],
      capability: 'virtualMedia',
      action: 'insert',
      args: { image: iso },
      fence: null,
    });
    await boot('cdrom', 'once');
    await set('reset');
    await shows('booted from cdrom');
    await set('cycle'); // once was once
    await shows('booted from disk', 2);
    await boot('cdrom', 'always');
    await set('cycle');
    await shows('booted from cdrom', 2);
    await set('soft'); // the power button, which it obeys
    await expect.poll(isOn, { timeout: 10_000 }).toBe(false);
    await expect(set('soft')).rejects.toMatchObject({ code: 'OOBM_REFUSED' });
    expect(readFileSync(join(endpoint.folder, 'serial.log'), 'utf8')).toContain('hello');
  });

  it('survives the end of the harness, and is found and controlled again', async () => {
    await set('on');
    await harness.stop();
    harness = await startHarness();
    expect(await isOn()).toBe(true);
    await set('off');
    expect(await isOn()).toBe(false);
  });

  it('gives back an image and refuses one that is not there', async () => {
    const media = async () =>
      (await harness.jobs.perform({ sut, endpoints: [endpoint], capability: 'virtualMedia', action: 'read', args: {} })).value[0];
    const insert = (image: string) =>
      harness.jobs.perform({ sut, endpoints: [endpoint], capability: 'virtualMedia', action: 'insert', args: { image }, fence: null });
    await expect(insert(join(folder, 'missing.iso'))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await insert(iso); // into a machine that is off
    await boot('cdrom', 'always');
    await set('on');
    const { shows } = await console();
    const other = join(folder, 'other.iso');
    copyFileSync(iso, other);
    await insert(other);
    expect(await media()).toMatchObject({ image: other, inserted: true });
    await harness.jobs.perform({ sut, endpoints: [endpoint], capability: 'virtualMedia', action: 'eject', args: {}, fence: null });
    expect(await media()).toMatchObject({ image: null, inserted: false });
    rmSync(other);
    await boot('disk', 'always');
    await set('cycle');
    await shows('booted from disk');
  });

  it('says why it does not start', async () => {
    const broken = { ...endpoint, memory: -1 };
    const call = { sut, endpoints: [broken], capability: 'power', action: 'set', args: { action: 'on' }, fence: null } as const;
    await expect(harness.jobs.perform(call)).rejects.toMatchObject({ message: expect.stringContaining('did not start') as unknown });
  });

  it('says what stands in the way when it ends after its socket was there', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const endpoints = [{ ...endpoint, forwards: [{ from: port, to: 22 }] }];
    const call = { sut, endpoints, capability: 'power', action: 'set', args: { action: 'on' }, fence: null } as const;
    await expect(harness.jobs.perform(call)).rejects.toMatchObject({ message: expect.stringContaining('host forwarding') as unknown });
    taken.close();
  });
});
