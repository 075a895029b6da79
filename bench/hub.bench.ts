import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { atn, startProgram } from '../e2e/lab/hub-processes.ts';
import { openStore } from '../src-hub/store/open-store.ts';
import type { HubReservation } from '../src-shared/model/hub-directory.ts';
import type { HubStatus } from '../src-shared/model/hub-link.ts';
import { Run } from '../src-shared/model/run.ts';
import { figure, percentile, print, round } from './lib/figure.ts';
import readerFile from './lib/read-runs.process?modulePath';
import type { Seen } from './lib/read-runs.process.ts';
import { SimulatedLab } from './lib/simulated-lab.ts';

// One hub process on SQLite with 1,000 labs linked and 1,000 people looking, hub and load on one machine over loopback. Labs are as much of a
// harness as the hub sees; what is reserved is reserved at a real one.
const LABS = 1000;
const VIEWERS = 1000;
/** Runs that are watched, each by as many viewers; each says so many events in a second. */
const RUNS = 50;
const EVENTS = 5;
const WATCH_S = 20;
const IDLE_S = 20;
const WISHES = 500;
const PASSWORD = 'seven green bicycles';

const place = mkdtempSync(join(tmpdir(), 'atn-bench-hub-'));
const labs: SimulatedLab[] = [];
let hubPid = 0;
let url = '';
let token = '';
const ends: (() => Promise<unknown>)[] = [];

try {
  await startHub();
  await linkLabs();
  if (wants('idle')) await measureIdle();
  if (wants('reservations')) await measureReservations();
  if (wants('viewers')) await measureViewers();
} finally {
  for (const lab of labs) lab.close();
  for (const end of ends.reverse()) await end();
  rmSync(place, { recursive: true, force: true, maxRetries: 10 });
}
process.exit(process.exitCode ?? 0);

/** `node bench/run.mjs hub viewers` measures only these. */
function wants(part: string): boolean {
  const words = process.argv.slice(2);
  return words.length === 0 || words.includes(part);
}

async function startHub(): Promise<void> {
  const environment = { ATN_HUB_CALLS: '100000000', ATN_HUB_TRIES: '100000000' };
  const hub = await startProgram<{ url: string; firstLink: string }>('hub', ['--home', join(place, 'hub'), '--port', '0'], environment);
  ends.push(() => hub.kill());
  hubPid = hub.pid;
  url = hub.said.url;
  const person = { login: 'root', name: 'Ada', password: PASSWORD };
  const entered = await fetch(`${url}/api/v1/invitations/redeem`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json', origin: url } },
    body: JSON.stringify({ secret: hub.said.firstLink.split('#')[1], ...person }),
  });
  const cookie = entered.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const made = await fetch(`${url}/api/v1/tokens`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json', origin: url, cookie } },
    body: JSON.stringify({ name: 'bench', scopes: ['read', 'use', 'manage'], days: 1 }),
  });
  token = ((await made.json()) as { secret: string }).secret;
}

async function rest<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

async function linkLabs(): Promise<void> {
  const begun = performance.now();
  await inParallel(LABS, 20, async (index) => {
    const { code } = await rest<{ code: string }>('POST', '/harnesses/codes');
    const lab = await SimulatedLab.enrol(url, code, `lab-${index}`);
    await rest('POST', `/harnesses/${lab.id}/decisions`, { decision: 'approved' });
    labs.push(lab);
  });
  const enrolled = performance.now();
  await inParallel(LABS, LABS, (index) => labs[index]?.link(url, [machine(index)]) ?? Promise.resolve());
  const linked = performance.now();
  print(`${LABS} labs enrolled and approved in ${round((enrolled - begun) / 1000)} s; the hub then used ${memoryOf()} MB`);
  figure('1,000 links that dial at once, until the last is up', (linked - enrolled) / 1000, { atMost: 30, unit: 's' });
}

function machine(index: number): object {
  const holder = { heldBy: null, heldUntil: null, inUse: false, setAside: null };
  return {
    id: randomUUID(),
    name: `server-${index}`,
    tags: ['x86'],
    fields: [{ key: 'memory GB', value: 64 }],
    maintainedBy: 'owner',
    ...holder,
  };
}

async function measureIdle(): Promise<void> {
  await pause(3000);
  const before = processorOf();
  await pause(IDLE_S * 1000);
  const share = ((processorOf() - before) / IDLE_S) * 100;
  print(`load of the machine: ${loadavg()[0]?.toFixed(1) ?? ''}`);
  figure('idle hub with 1,000 links, of one core', share, { atMost: 5, unit: '%' });
}

/** From the wish to the moment at which the hub knows that the lab has decided. */
async function measureReservations(): Promise<void> {
  const home = join(place, 'lab');
  const lab = await startProgram('atn', ['serve', '--home', home]);
  ends.push(() => lab.kill());
  writeFileSync(join(place, 'suts.yaml'), Array.from({ length: 20 }, (_unused, index) => `- name: real-${index}\n`).join(''));
  await atn(home, 'suts', 'add', '--file', join(place, 'suts.yaml'));
  await atn(home, 'hub', 'share', ...Array.from({ length: 20 }, (_unused, index) => `real-${index}`));
  const { code } = await rest<{ code: string }>('POST', '/harnesses/codes');
  const { hub } = await atn<HubStatus>(home, 'hub', 'connect', url, code);
  const harnessId = hub?.harnessId ?? '';
  await rest('POST', `/harnesses/${harnessId}/decisions`, { decision: 'approved' });
  await atn(home, 'hub', 'retry');
  while ((await rest<{ all: number }>('GET', '/suts?search=real-')).all < 20) await pause(100);
  const times: number[] = [];
  for (let count = 0; count < WISHES; count += 1) {
    const id = randomUUID();
    const begun = performance.now();
    await rest('POST', '/reservations', { id, harnessId, suts: [`real-${count % 20}`], durationMs: 3_600_000 });
    while ((await find(id))?.state !== 'active') await pause(2);
    times.push(performance.now() - begun);
    await rest('DELETE', `/reservations/${id}`);
    while ((await find(id))?.over !== true) await pause(5);
  }
  print(
    `reserved: median ${round(percentile(times, 0.5))} ms, most ${round(Math.max(...times))} ms, with the REST calls that ask and look`,
  );
  figure('reservation decided, harness linked, p99', percentile(times, 0.99), { atMost: 100, unit: 'ms' });
}

async function find(id: string): Promise<HubReservation | undefined> {
  return (await rest<HubReservation[]>('GET', '/reservations?over=true&limit=5')).find((row) => row.id === id);
}

async function measureViewers(): Promise<void> {
  const runs = await makeRuns();
  const readers = fork(readerFile, [url, token, String(VIEWERS), runs.map(({ id }) => id).join(',')]);
  ends.push(() => Promise.resolve(readers.kill('SIGKILL')));
  await once(readers, 'message');
  await pause(5000);
  readers.send('begin');
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const [processor, begun] = [processorOf(), performance.now()];
  const answers = await Promise.all([askMeanwhile(), ...runs.map((run, index) => sayEvents(run, index))]).then(([first]) => first);
  await pause(1000);
  const seconds = (performance.now() - begun) / 1000;
  const cores = (processorOf() - processor) / seconds;
  readers.send('end');
  const [{ late, heldUp }] = (await once(readers, 'message')) as [Seen];
  const most = Number(/VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${hubPid}/status`, 'utf8'))?.[1]) / 1024;
  print(`load of the machine: ${loadavg()[0]?.toFixed(1) ?? ''}; the hub used ${round(cores)} cores`);
  print(`held up themselves, p99: viewers ${round(heldUp)} ms, labs ${round(lag.percentile(99) / 1e6)} ms`);
  print(
    `${round(late.length / WATCH_S)} events a second reached ${VIEWERS} viewers of ${RUNS} runs; expected ${RUNS * EVENTS * (VIEWERS / RUNS)}`,
  );
  print(`an event: median ${round(percentile(late, 0.5))} ms; an answer: median ${round(percentile(answers, 0.5))} ms`);
  figure('event of a run to its viewers, p95', percentile(late, 0.95), { atMost: 300, unit: 'ms' });
  figure('REST meanwhile, p99', percentile(answers, 0.99), { atMost: 150, unit: 'ms' });
  figure('memory of the hub at most', most, { atMost: 600, unit: 'MB' });
  if (late.length < RUNS * EVENTS * (VIEWERS / RUNS) * WATCH_S * 0.95) process.exitCode = 1;
}

interface BenchRun {
  id: string;
  lab: SimulatedLab;
  /** The run as its lab shows it, with each part of the record. */
  shown: Run;
}

/** Runs as the hub has them when their labs have said that they execute. */
async function makeRuns(): Promise<BenchRun[]> {
  const store = await openStore({ kind: 'sqlite', file: join(place, 'hub', 'hub.db') });
  const runs: BenchRun[] = [];
  for (const lab of labs.slice(0, RUNS)) {
    const id = randomUUID();
    const asked = { asked: null, asked_at: Date.now(), test_data_id: null, mail_gen: '', mail_seq: 0, stop_asked_at: null };
    const said = { state: 'executing' as const, revision: 1, refusal: null, view: null, told_at: Date.now(), manifest: null };
    await store
      .insertInto('remote_run')
      .values({ id, harness_id: lab.id, person: 'root', name: 'watched', ...asked, ...said, published_at: null })
      .execute();
    runs.push({ id, lab, shown: Run.parse({ ...(await rest<object>('GET', `/runs/${id}`)), state: 'executing' }) });
  }
  await store.destroy();
  return runs;
}

/** Every 400 ms, as a harness sends what its listener has written meanwhile. */
async function sayEvents({ id, lab, shown }: BenchRun, index: number): Promise<void> {
  const row = { owner: null, args: null, assign: null, doc: null, tags: null, source: null, line: null, robotId: null, message: null };
  const common = { session: lab.session, runId: id, meta: [], messages: [], console: null, run: null };
  const suite = { ...row, id: 1, parent: null, kind: 0, name: 'Suite', status: null, started: Date.now(), elapsed: null, tests: 1000 };
  let cursor = '1.0.1';
  await lab.call('lane', { ...common, from: '-', to: cursor, items: [suite] });
  await pause((index * 400) / RUNS);
  const rounds = (WATCH_S * 1000) / 400;
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    const items = Array.from({ length: EVENTS * 0.4 }, (_unused, number) => {
      const name = `event ${Date.now()}`;
      return {
        ...row,
        id: 2 + round * EVENTS * 0.4 + number,
        parent: 1,
        kind: 1,
        name,
        status: 0,
        started: Date.now(),
        elapsed: 1,
        tests: null,
      };
    });
    const to = `${items.at(-1)?.id ?? 1}.0.1`;
    const run = { ...shown, counts: { ...shown.counts, passed: 2 + round * EVENTS * 0.4 } };
    await lab.call('lane', { ...common, from: cursor, to, items, run });
    cursor = to;
    await pause(Math.max(0, 400 - (performance.now() - begun)));
  }
}

/** Twenty questions a second, as scripts and pages ask them. */
async function askMeanwhile(): Promise<number[]> {
  const times: number[] = [];
  const paths = ['/suts?limit=200', '/harnesses', '/reservations', '/runs', '/system/info'];
  for (let count = 0; count < WATCH_S * 20; count += 1) {
    const begun = performance.now();
    await rest('GET', paths[count % paths.length] ?? '');
    times.push(performance.now() - begun);
    await pause(Math.max(0, 50 - (performance.now() - begun)));
  }
  return times;
}

async function inParallel(count: number, width: number, deed: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) await deed(next++);
  };
  await Promise.all(Array.from({ length: width }, work));
}

/** Seconds of processor time that the hub has used. */
function processorOf(): number {
  const fields = readFileSync(`/proc/${hubPid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function memoryOf(): number {
  return round(Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${hubPid}/status`, 'utf8'))?.[1]) / 1024);
}
