import { startSimulatedBmc, type SimulatedBmc } from 'ipmi-js/sim';
import { createSocket } from 'node:dgram';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IpmiEndpoint } from '../drivers/endpoints.ts';
import { WorkbenchError } from '../errors.ts';
import { OOBM_THREADS, OobmJobs } from './oobm-jobs.ts';
import { WorkerPool } from './pool.ts';

const cleanups: (() => Promise<unknown>)[] = [];
let jobs: OobmJobs;

beforeEach(() => {
  const pool = new WorkerPool({ threads: OOBM_THREADS });
  jobs = new OobmJobs(pool);
  cleanups.push(
    () => pool.close(),
    () => jobs.close(),
  );
});
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function simulated(options: Parameters<typeof startSimulatedBmc>[0] = {}): Promise<SimulatedBmc> {
  const bmc = await startSimulatedBmc({ serial: 'boot', ...options });
  cleanups.push(() => bmc.stop());
  return bmc;
}

const endpointOf = (bmc: { port: number }, more: Partial<IpmiEndpoint> = {}): IpmiEndpoint => ({
  provider: 'ipmi',
  id: 'bmc',
  host: '127.0.0.1',
  port: bmc.port,
  username: 'admin',
  password: 'admin',
  ...more,
});
const sut = { id: 'sut-1', name: 'node-1' };
const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(WorkbenchError);
  return error as WorkbenchError;
};

describe('the pool that talks to machines', () => {
  it('keeps a session warm: the second answer takes no login', async () => {
    const bmc = await simulated();
    const read = () => jobs.perform({ sut, endpoints: [endpointOf(bmc)], capability: 'power', action: 'read', args: {} });
    expect((await read()).value).toEqual({ on: false, detail: null });
    const sessions = bmc.state.sessions.size;
    const second = await read();
    expect(bmc.state.sessions.size).toBe(sessions);
    expect(second.attempts).toEqual([expect.objectContaining({ provider: 'ipmi', endpointId: 'bmc', outcome: 'done' })]);
  });

  it('sends a change only under the fence in force, and says so otherwise', async () => {
    const bmc = await simulated();
    const on = (fence?: string | null) =>
      jobs.perform({
        sut,
        endpoints: [endpointOf(bmc)],
        capability: 'power',
        action: 'set',
        args: { action: 'on' },
        ...(fence === undefined ? {} : { fence }),
      });
    jobs.setFence(sut.id, 'token-1');
    for (const wrong of [undefined, null, 'token-0']) {
      const error = await failure(on(wrong));
      expect(error.code).toBe('NOT_RESERVED');
      expect(error.message).toContain('node-1');
    }
    expect(bmc.state.chassis.counters.on).toBe(0);
    await on('token-1');
    expect(bmc.state.chassis.counters.on).toBe(1);
    jobs.setFence(sut.id, 'token-2');
    expect((await failure(on('token-1'))).code).toBe('NOT_RESERVED');
    expect(bmc.state.chassis.counters.on).toBe(1);
  });

  it('refuses a command that waited in the queue while the fence moved on', async () => {
    const bmc = await simulated({ faults: { delayMs: 60 } });
    jobs.setFence(sut.id, 'mine');
    const endpoints = [endpointOf(bmc)];
    const slow = jobs.perform({ sut, endpoints, capability: 'sensors', action: 'read', args: {} });
    const waiting = failure(jobs.perform({ sut, endpoints, capability: 'power', action: 'set', args: { action: 'on' }, fence: 'mine' }));
    jobs.setFence(sut.id, 'theirs');
    expect((await waiting).code).toBe('NOT_RESERVED');
    expect((await slow).value.length).toBeGreaterThan(5);
    expect(bmc.state.chassis.counters.on).toBe(0);
  });

  it('stops after two wrong passwords until they change', async () => {
    const bmc = await simulated();
    const handshakes = vi.spyOn(bmc, 'receive');
    const read = (password: string) =>
      jobs.perform({ sut, endpoints: [endpointOf(bmc, { password })], capability: 'power', action: 'read', args: {} });
    expect((await failure(read('wrong'))).code).toBe('OOBM_AUTH');
    expect((await failure(read('wrong'))).code).toBe('OOBM_AUTH');
    const before = handshakes.mock.calls.length;
    const third = await failure(read('wrong'));
    expect(third.code).toBe('OOBM_AUTH');
    expect(third.message).toContain('not tried again');
    expect(handshakes.mock.calls.length).toBe(before);
    jobs.forgive(sut.id, endpointOf(bmc, { password: 'wrong' })); // a person says that it is right at the machine now
    expect((await failure(read('wrong'))).message).not.toContain('not tried again');
    expect(handshakes.mock.calls.length).toBeGreaterThan(before);
    expect((await read('admin')).value.on).toBe(false);
  });

  it('is not slowed by a machine that answers nothing, and a call to it can be cancelled', async () => {
    const hole = createSocket('udp4');
    await new Promise<void>((resolve) => hole.bind(0, '127.0.0.1', resolve));
    cleanups.push(() => new Promise<void>((resolve) => hole.close(() => resolve())));
    const bmc = await simulated();
    const deaf = Array.from({ length: OOBM_THREADS * 4 }, (_, index) => {
      const controller = new AbortController();
      const endpoints = [endpointOf({ port: hole.address().port }, { username: `user${index}` })];
      const call = { sut: { id: `hole-${index}`, name: 'hole' }, endpoints, capability: 'power', action: 'read', args: {} } as const;
      return { controller, outcome: failure(jobs.perform(call, controller.signal)) };
    });
    const began = performance.now();
    const answer = await jobs.perform({ sut, endpoints: [endpointOf(bmc)], capability: 'power', action: 'read', args: {} });
    expect(answer.value.on).toBe(false);
    expect(performance.now() - began).toBeLessThan(3000); // a hole takes 4.7 s to be given up
    for (const { controller } of deaf) controller.abort();
    for (const { outcome } of deaf) expect((await outcome).code).toBe('CANCELLED');
  });

  it('goes on to the next way for a read, and names all that were tried', async () => {
    const bmc = await simulated();
    const endpoints = [endpointOf({ port: 1 }, { id: 'dead' }), endpointOf(bmc)];
    const answer = await jobs.perform({ sut, endpoints, capability: 'power', action: 'read', args: {} });
    expect(answer.endpointId).toBe('bmc');
    expect(answer.attempts.map(({ endpointId, outcome, code }) => [endpointId, outcome, code])).toEqual([
      ['dead', 'failed', 'OOBM_UNREACHABLE'],
      ['bmc', 'done', null],
    ]);
  });

  it('does not repeat a change whose outcome it does not know', async () => {
    const bmc = await simulated({ powerOn: true });
    const other = await simulated({ powerOn: true });
    const endpoints = [endpointOf(bmc), endpointOf(other, { id: 'other' })];
    await jobs.perform({ sut, endpoints, capability: 'power', action: 'read', args: {} });
    bmc.state.chassis.on('reset', () => bmc.faults.set({ dead: true }));
    const call = { sut, endpoints, capability: 'power', action: 'set', args: { action: 'reset' }, fence: null } as const;
    const error = await failure(jobs.perform(call));
    expect(error.code).toBe('OOBM_UNREACHABLE');
    expect(error.message).toContain('unknown');
    expect(other.state.chassis.counters.reset).toBe(0);
  });

  it('carries a console both ways, whole, and ends it when the fence moves on', async () => {
    const bmc = await simulated();
    jobs.setFence(sut.id, 'mine');
    const { stream } = await jobs.openConsole({ sut, endpoints: [endpointOf(bmc)], fence: 'mine' });
    bmc.state.chassis.execute('on');
    const seen: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => seen.push(chunk));
    const shown = () => Buffer.concat(seen).toString();
    await vi.waitFor(() => expect(shown()).toContain('sim login: '), 5000);
    stream.write('root');
    await vi.waitFor(() => expect(shown()).toContain('sim login: root'), 5000);
    const ended = new Promise<Error>((resolve) => stream.once('error', resolve));
    jobs.setFence(sut.id, 'theirs');
    expect(((await ended) as WorkbenchError).code).toBe('NOT_RESERVED');
    await vi.waitFor(() => expect(bmc.state.sol.holder).toBeUndefined(), 5000);
  });

  it('loses no byte of a console that prints much', async () => {
    const bmc = await simulated({ serial: { receive: (data) => data.length } });
    const { stream } = await jobs.openConsole({ sut, endpoints: [endpointOf(bmc)] });
    const all = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `line ${index}\r\n`).join(''));
    bmc.state.sol.print(all);
    bmc.state.sol.print(Buffer.from('end\r\n'));
    const read: Buffer[] = [];
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      read.push(chunk);
      if (Buffer.concat(read.slice(-2)).includes('end\r\n')) break;
    }
    expect(Buffer.concat(read).equals(Buffer.concat([all, Buffer.from('end\r\n')]))).toBe(true);
  });

  it('refuses what is typed at a console that was opened to read', async () => {
    const bmc = await simulated();
    const { stream } = await jobs.openConsole({ sut, endpoints: [endpointOf(bmc)] });
    stream.write('rm');
    expect((await failure(text(stream))).code).toBe('NOT_RESERVED');
  });

  it('refuses cipher suite 0', async () => {
    const bmc = await simulated({ suites: [0, 3] });
    const endpoints = [endpointOf(bmc, { suites: [0] })];
    const error = await failure(jobs.perform({ sut, endpoints, capability: 'power', action: 'read', args: {} }));
    expect(error.code).toBe('BAD_REQUEST');
  });
});
