import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OOBM_THREADS, OobmJobs } from '../../workers/oobm-jobs.ts';
import { WorkerPool } from '../../workers/pool.ts';
import type { CommandEndpoint, OperatorCommand } from '../endpoints.ts';

const pool = new WorkerPool({ threads: OOBM_THREADS });
const jobs = new OobmJobs(pool);
const sut = { id: 'strip', name: 'strip-1' };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atn-command-'));
  writeFileSync(join(folder, 'state'), 'off');
});
afterAll(async () => {
  await jobs.close();
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A power strip that is a file. */
const shell = (script: string, limit?: number): OperatorCommand => ({
  program: '/bin/sh',
  args: ['-c', `cd "$1"; ${script}`, 'strip', folder],
  ...(limit === undefined ? {} : { limit }),
});
const endpointOf = (commands: CommandEndpoint['commands'], environment = {}): CommandEndpoint => ({
  provider: 'command',
  id: 'strip',
  commands: { status: shell('cat state'), on: shell('echo on > state'), off: shell('echo off > state'), ...commands },
  environment,
});
const read = (endpoint: CommandEndpoint) => jobs.perform({ sut, endpoints: [endpoint], capability: 'power', action: 'read', args: {} });
const set = (action: 'on' | 'off' | 'cycle' | 'reset', endpoint = endpointOf({})) =>
  jobs.perform({ sut, endpoints: [endpoint], capability: 'power', action: 'set', args: { action }, fence: null });

describe("the operator's programs", () => {
  it('switch a machine and tell its state', async () => {
    await set('on');
    expect((await read(endpointOf({}))).value).toEqual({ on: true, detail: null });
    await set('off');
    expect((await read(endpointOf({ status: shell('echo "off, by hand"') }))).value).toEqual({ on: false, detail: 'by hand' });
    await set('cycle', endpointOf({ off: shell('echo cut >> log'), on: shell('echo given >> log') }));
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('cut\ngiven\n');
    await expect(set('reset')).rejects.toMatchObject({ code: 'OOBM_UNSUPPORTED' });
  });

  it('get secrets by the environment, and nothing of this program', async () => {
    process.env['ATN_TEST_SECRET'] = 'of the workbench';
    const status = shell('echo "on $STRIP_PASSWORD ${ATN_TEST_SECRET:-nothing}"');
    const answer = await read(endpointOf({ status }, { STRIP_PASSWORD: 'hunter2' }));
    delete process.env['ATN_TEST_SECRET'];
    expect(answer.value.detail).toBe('hunter2 nothing');
  });

  it('are killed at their limit, with what they started', async () => {
    const began = performance.now();
    const error = read(endpointOf({ status: shell('sleep 60 & echo $! > child; wait', 0.3) }));
    await expect(error).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(performance.now() - began).toBeLessThan(5000);
    const child = Number(readFileSync(join(folder, 'child'), 'utf8'));
    await expect.poll(() => isThere(child)).toBe(false);
  });

  it('tell in words what went wrong', async () => {
    const message = (words: string) => ({ message: expect.stringContaining(words) as unknown });
    await expect(read(endpointOf({ status: shell('echo no such outlet >&2; exit 4') }))).rejects.toMatchObject({
      code: 'OOBM_REFUSED',
      ...message('code 4: no such outlet'),
    });
    await expect(read(endpointOf({ status: shell('echo maybe') }))).rejects.toMatchObject(message('neither on nor off'));
    await expect(read(endpointOf({ status: { program: '/no/such/program', args: [] } }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('are a console, and end with it', async () => {
    const endpoint = endpointOf({ console: shell('echo $$ > console; echo hello; cat') });
    const { stream } = await jobs.openConsole({ sut, endpoints: [endpoint], fence: null });
    let seen = '';
    stream.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    stream.write('typed\n');
    await expect.poll(() => seen, { timeout: 5000 }).toBe('hello\ntyped\n');
    const pid = Number(readFileSync(join(folder, 'console'), 'utf8'));
    stream.destroy();
    await expect.poll(() => isThere(pid), { timeout: 5000 }).toBe(false);
    await expect(jobs.openConsole({ sut, endpoints: [endpointOf({})], fence: null })).rejects.toMatchObject({ code: 'OOBM_UNSUPPORTED' });
  });
});

/** Running, and not only waiting to be buried. */
function isThere(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
