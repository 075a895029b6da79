import { getChassisStatus, IpmiClient, isSensor, readSdrs, readSensors, type Sdr } from '../src/index.js';
import { program, runAside } from '../test/support/processes.js';
import { median, percentile, report, require } from './measure.js';
import { startSimProcess } from './sim-process.js';

/** 500 BMCs, each asked every 10 s for power and 20 sensors; the clients share this process, the BMCs have another. */
const bmcs = 500;
const everyMs = 10_000;
const rounds = 3;
const parallel = 200;
const firstPort = 26_000;

interface Watched {
  readonly client: IpmiClient;
  readonly sdrs: readonly Sdr[];
}

async function inGroups<T>(count: number, group: number, act: (index: number) => Promise<T>): Promise<T[]> {
  const out: T[] = [];
  for (let at = 0; at < count; at += group) {
    out.push(...(await Promise.all(Array.from({ length: Math.min(group, count - at) }, (_, index) => act(at + index)))));
  }
  return out;
}

const options = (index: number) => ({ host: '127.0.0.1', port: firstPort + index, username: 'admin', password: 'admin', suites: [17] });

async function open(index: number): Promise<Watched> {
  const client = new IpmiClient(options(index));
  const sdrs = (await readSdrs(client)).filter(isSensor).slice(0, 20);
  return { client, sdrs };
}

const answers: number[] = [];

async function poll({ client, sdrs }: Watched): Promise<void> {
  const timed = async (act: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    await act();
    answers.push(performance.now() - began);
  };
  await timed(() => client.send(getChassisStatus, undefined));
  for (const sdr of sdrs) await timed(() => readSensors(client, [sdr]));
}

/** Every BMC at its own moment of the interval, as a program that watches many does it. */
async function watch(watched: readonly Watched[]): Promise<{ cpuShare: number; seconds: number }> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const ends: Promise<void>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, one] of watched.entries()) {
      const at = round * everyMs + (index * everyMs) / watched.length;
      ends.push(new Promise((resolve) => setTimeout(resolve, at)).then(() => poll(one)));
    }
  }
  await Promise.all(ends);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, rounds * everyMs - (performance.now() - began))));
  const used = process.cpuUsage(before);
  const seconds = (performance.now() - began) / 1000;
  return { cpuShare: (used.user + used.system) / 1e6 / seconds, seconds };
}

function childSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}

/** The same questions once to 200 of them, an ipmitool process each (two calls: power, and 20 sensors by sdr elist). */
async function ipmitool(): Promise<{ seconds: number; slowest: number; middle: number }> {
  const took: number[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: parallel }, async (_, index) => {
      const start = performance.now();
      const login = ['-I', 'lanplus', '-H', '127.0.0.1', '-p', String(firstPort + index), '-U', 'admin', '-P', 'admin', '-C', '17'];
      await runAside(program('ipmitool', 'ipmitool'), [...login, 'power', 'status']);
      await runAside(program('ipmitool', 'ipmitool'), [...login, 'sdr', 'elist', 'full']);
      took.push(performance.now() - start);
    }),
  );
  return { seconds: (performance.now() - began) / 1000, slowest: Math.max(...took), middle: median(took) };
}

const simulated = await startSimProcess(firstPort, ['--count', String(bmcs), '--sensors', '20', '--power', 'on']);
try {
  const watched = await inGroups(bmcs, 25, open);
  const { cpuShare, seconds } = await watch(watched);
  const p99 = percentile(answers, 0.99);
  report(
    `${bmcs} BMCs every ${everyMs / 1000} s for ${seconds.toFixed(0)} s: ${answers.length} answers, client ${(cpuShare * 100).toFixed(1)} % of a core ` +
      `(${((cpuShare * seconds * 1e6) / answers.length).toFixed(0)} us an answer), median ${median(answers).toFixed(2)} ms, p99 ${p99.toFixed(1)} ms`,
  );
  require(cpuShare < 0.25, 'under 25 % of a core');
  require(p99 < 200, 'p99 under 200 ms');
  require(answers.length === bmcs * rounds * 21, 'every question answered');
  const before = childSeconds();
  const peer = await ipmitool();
  report(
    `peer: ${parallel} ipmitool processes at once, the same questions once: ${peer.seconds.toFixed(1)} s in all, median ${peer.middle.toFixed(0)} ms, slowest ` +
      `${peer.slowest.toFixed(0)} ms for a BMC; ipmi-js asks ${bmcs} in ${((cpuShare * seconds) / rounds).toFixed(2)} s of processor time ` +
      `(this process spent ${(childSeconds() - before).toFixed(2)} s starting the others)`,
  );
  await inGroups(bmcs, 50, (index) => watched[index]?.client.close() ?? Promise.resolve());
} finally {
  await simulated.stop();
}
