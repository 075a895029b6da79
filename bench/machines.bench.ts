import { controlPower, IpmiClient } from 'ipmi-js';
import { startSimulatedBmc, type SimulatedBmc } from 'ipmi-js/sim';
import { setMaxListeners } from 'node:events';
import { createSocket, type Socket } from 'node:dgram';
import type { Duplex } from 'node:stream';
import { startOpenSsh, type OpenSsh } from '../e2e/lab/openssh.ts';
import type { Endpoint } from '../src-main/drivers/endpoints.ts';
import { OOBM_THREADS, OobmJobs } from '../src-main/workers/oobm-jobs.ts';
import { WorkerPool } from '../src-main/workers/pool.ts';
import { figure, median, percentile, print, round } from './lib/figure.ts';

// The pool that talks to machines: what it adds to a power action over the same library used bare, whether BMCs that answer nothing slow the
// others, and how fast and how whole a console comes through.
const PERIOD = 1000; // ms
const ROUNDS = 15;
const pool = new WorkerPool({ threads: OOBM_THREADS });
const jobs = new OobmJobs(pool);
try {
  await measurePower();
  await measureBlackHoles();
  await measureConsole();
} finally {
  await jobs.close();
  await pool.close();
}

function endpointOf(port: number): Endpoint {
  return { provider: 'ipmi', id: 'bmc', host: '127.0.0.1', port, username: 'admin', password: 'admin' };
}

async function measurePower(): Promise<void> {
  const bmc = await startSimulatedBmc();
  const bare = new IpmiClient({ host: '127.0.0.1', port: bmc.port, username: 'admin', password: 'admin' });
  const sut = { id: 'power', name: 'power' };
  const through = (action: 'on' | 'off') =>
    jobs.perform({ sut, endpoints: [endpointOf(bmc.port)], capability: 'power', action: 'set', args: { action }, fence: null });
  const times = { bare: [] as number[], pool: [] as number[] };
  for (let pair = 0; pair < 220; pair += 1) {
    const action = pair % 2 === 0 ? 'on' : 'off';
    const bareMs = await timed(() => controlPower(bare, action));
    const poolMs = await timed(() => through(action));
    if (pair < 20) continue; // logins and warm code
    times.bare.push(bareMs);
    times.pool.push(poolMs);
  }
  await bare.close();
  await bmc.stop();
  print(`power action: bare library ${round(median(times.bare))} ms, through the pool ${round(median(times.pool))} ms (medians of 200)`);
  figure('power action through the pool over the BMC itself, p95', percentile(times.pool, 0.95) - median(times.bare), {
    atMost: 20,
    unit: 'ms',
  });
}

/** 150 BMCs polled every second, without and then with 50 that answer nothing polled as often. */
async function measureBlackHoles(): Promise<void> {
  const bmcs = await Promise.all(Array.from({ length: 150 }, () => startSimulatedBmc({ sensorTickMs: 0 })));
  const holes = await Promise.all(Array.from({ length: 50 }, deafSocket));
  const alone = await pollAll(bmcs, []);
  const beside = await pollAll(bmcs, holes);
  await Promise.all(bmcs.map((bmc) => bmc.stop()));
  for (const hole of holes) hole.close();
  print(
    `period of a poll, p95 of ${alone.length}: ${round(percentile(alone, 0.95))} ms alone, ${round(percentile(beside, 0.95))} ms beside 50 black holes`,
  );
  figure('polling period of 150 BMCs beside 50 that answer nothing, p95', percentile(beside, 0.95) / PERIOD, { atMost: 1.1, unit: 'x' });
}

/** The time between two answers of each BMC, ms. */
async function pollAll(bmcs: SimulatedBmc[], holes: Socket[]): Promise<number[]> {
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  const deaf = holes.map((hole, index) => pollHole(`hole-${index}`, hole.address().port, over.signal));
  const intervals = await Promise.all(bmcs.map((bmc, index) => pollOne(`bmc-${index}`, bmc.port, index)));
  over.abort();
  await Promise.all(deaf);
  return intervals.flat();
}

async function pollOne(id: string, port: number, index: number): Promise<number[]> {
  const call = {
    sut: { id, name: id },
    endpoints: [endpointOf(port)],
    capability: 'power',
    action: 'read',
    args: {},
    urgency: 'poll',
  } as const;
  await jobs.perform(call); // the login
  const intervals: number[] = [];
  // Spread over the period, as a poller does that does not ask all at once.
  let next = performance.now() + (index * PERIOD) / 150;
  let last: number | undefined;
  for (let count = 0; count <= ROUNDS; count += 1) {
    await new Promise((resolve) => setTimeout(resolve, next - performance.now()));
    next += PERIOD;
    await jobs.perform(call);
    const now = performance.now();
    if (last !== undefined) intervals.push(now - last);
    last = now;
  }
  return intervals;
}

async function pollHole(id: string, port: number, signal: AbortSignal): Promise<void> {
  const call = {
    sut: { id, name: id },
    endpoints: [endpointOf(port)],
    capability: 'power',
    action: 'read',
    args: {},
    urgency: 'poll',
  } as const;
  while (!signal.aborted) await jobs.perform(call, signal).catch(() => undefined);
}

async function deafSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket;
}

async function measureConsole(): Promise<void> {
  const bmc = await startSimulatedBmc({ powerOn: true });
  const sol = await jobs.openConsole({ sut: { id: 'sol', name: 'sol' }, endpoints: [endpointOf(bmc.port)], fence: null });
  figure('echo of a key over serial-over-LAN, p95', percentile(await echoTimes(sol.stream), 0.95), { atMost: 50, unit: 'ms' });
  sol.stream.destroy();
  await bmc.stop();
  const peer = await startOpenSsh();
  try {
    await measureFlood(peer);
  } finally {
    await peer.stop();
  }
}

async function measureFlood({ port, username, privateKey, hostKey }: OpenSsh): Promise<void> {
  const endpoint: Endpoint = { provider: 'ssh', id: 'ssh', host: '127.0.0.1', port, username, privateKey, hostKey };
  const { stream } = await jobs.openConsole({ sut: { id: 'ssh', name: 'ssh' }, endpoints: [endpoint], fence: null });
  const bytes = 40_000_000;
  const tookMs = await flood(stream, bytes);
  stream.destroy();
  print(`${bytes / 1e6} MB of console output over SSH in ${round(tookMs)} ms, every byte`);
  figure('time for 5 MB of console output', tookMs / (bytes / 5e6), { atMost: 1000, unit: 'ms' });
}

async function echoTimes(stream: Duplex): Promise<number[]> {
  const times: number[] = [];
  for (let count = 0; count < 200; count += 1) {
    times.push(
      await timed(async () => {
        const echoed = new Promise((resolve) => stream.once('data', resolve));
        stream.write('x');
        await echoed;
      }),
    );
  }
  return times;
}

/** The shell prints so many bytes; resolves when the last is there, rejects when one is missing or too many. */
async function flood(stream: Duplex, bytes: number): Promise<number> {
  stream.write("stty -echo -onlcr; PS1=; printf 'be''gin'; head -c " + String(bytes) + " /dev/zero | tr '\\0' x; printf 'e''nd'\n");
  let [begun, seen, tail] = [0, 0, ''];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const text = chunk.toString('latin1');
    if (begun === 0) {
      tail += text;
      const start = tail.indexOf('begin');
      if (start < 0) continue;
      begun = performance.now();
      seen = tail.length - start - 'begin'.length;
      tail = tail.slice(-3);
    } else {
      seen += text.length;
      tail = (tail + text).slice(-3);
    }
    if (tail.endsWith('end')) break;
  }
  if (seen !== bytes + 'end'.length) throw new Error(`${seen - 'end'.length} bytes came of ${bytes}`);
  return performance.now() - begun;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
