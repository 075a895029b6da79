import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Changes } from '../src-main/changes.ts';
import { createServing } from '../src-main/services/serving/serving.ts';
import { figure, median, percentile, print, round } from './lib/figure.ts';

// One image to eight machines at once, against nginx with sendfile and the same file in the same run; and how long a machine waits that reads
// its virtual CD in pieces of 64 KiB while seven others do so, too.
const MACHINES = 8;
const SIZE = 512 * 1024 ** 2;
const ROUNDS = 5;
const PIECE = 64 * 1024;
const PIECES = 400; // a machine

const folder = mkdtempSync(join(tmpdir(), 'atn-bench-serving-'));
const file = join(folder, 'image.iso');
const serving = createServing({
  changes: new Changes(),
  clock: { now: () => Date.now() },
  certificate: () => Promise.reject(new Error('HTTP is measured.')),
  settings: () => ({ address: '127.0.0.1', port: 0, secure: false, bootPort: 0, tftpPort: 0, programs: null, proxyDhcp: false }),
});
const started: ChildProcess[] = [];
try {
  await writeImage();
  const theirs = await startNginx();
  const { url: ours } = await serving.grant({
    ...{ name: 'image.iso', from: { file }, sut: { id: 'sut', name: 'sut' }, runId: 'run' },
    machine: ['127.0.0.1'],
  });
  await measureThroughput(ours, theirs);
  await measurePieces(ours, theirs);
} finally {
  for (const child of started) child.kill();
  await serving.close();
  rmSync(folder, { recursive: true });
}

async function measureThroughput(ours: string, theirs: string): Promise<void> {
  const rates = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [first, second] = [await fetchByAll(theirs), await fetchByAll(ours)];
    if (round === 0) continue; // the file comes into memory
    rates.theirs.push(first);
    rates.ours.push(second);
  }
  const [mine, peer] = [median(rates.ours), median(rates.theirs)];
  print(`to ${MACHINES} at once: nginx ${round(peer)} MB/s, the harness ${round(mine)} MB/s (medians of ${ROUNDS}, in turns)`);
  figure('nginx over the harness, throughput to 8 machines at once', peer / mine, { atMost: 1.67, unit: 'x' });
}

/** MB a second, all together. The readers are curl for both. */
async function fetchByAll(url: string): Promise<number> {
  const begin = performance.now();
  const codes = await Promise.all(
    Array.from({ length: MACHINES }, async () => {
      const child = spawn('curl', ['-sSf', '-o', '/dev/null', url], { stdio: ['ignore', 'ignore', 'inherit'] });
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    }),
  );
  if (codes.some((code) => code !== 0)) throw new Error(`${url} was not fetched.`);
  return (MACHINES * SIZE) / 1e6 / ((performance.now() - begin) / 1000);
}

async function measurePieces(ours: string, theirs: string): Promise<void> {
  const peer = await readByAll(theirs);
  const times = await readByAll(ours);
  print(`the same from nginx: median ${round(median(peer))} ms, p99 ${round(percentile(peer, 0.99))} ms`);
  print(`piece of 64 KiB by ${MACHINES} at once: median ${round(median(times))} ms, p99 ${round(percentile(times, 0.99))} ms`);
  figure('range of 64 KiB while 8 machines ask, p99', percentile(times, 0.99), { atMost: 20, unit: 'ms' });
}

async function readByAll(url: string): Promise<number[]> {
  return (await Promise.all(Array.from({ length: MACHINES }, () => readPieces(url)))).flat();
}

async function readPieces(url: string): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (let count = 0; count < PIECES; count += 1) {
    const start = Math.floor(Math.random() * (SIZE / PIECE)) * PIECE;
    const begin = performance.now();
    const length = await readRange({ url, agent, range: `bytes=${start}-${start + PIECE - 1}` });
    if (length !== PIECE) throw new Error(`${length} bytes came instead of ${PIECE}.`);
    times.push(performance.now() - begin);
  }
  agent.destroy();
  return times;
}

function readRange({ url, agent, range }: { url: string; agent: Agent; range: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { Range: range } }, (response) => {
      let length = 0;
      response.on('data', (chunk: Buffer) => (length += chunk.length));
      response.on('end', () => resolve(response.statusCode === 206 ? length : 0));
      response.on('error', reject);
    }).on('error', reject);
  });
}

async function startNginx(): Promise<string> {
  const port = await freePort();
  const config = `daemon off; worker_processes auto; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log;
events { worker_connections 256; }
http { access_log off; sendfile on; tcp_nopush on; server { listen 127.0.0.1:${port}; root ${folder}; }
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')} }`;
  writeFileSync(join(folder, 'nginx.conf'), `user root;\n${config}\n`);
  const nginx = spawn('/usr/sbin/nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'inherit' });
  started.push(nginx);
  nginx.on('error', (error) => print(`nginx does not start: ${error.message}`));
  for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1) await pause(50);
  return `http://127.0.0.1:${port}/image.iso`;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function writeImage(): Promise<void> {
  const out = await open(file, 'w');
  const block = randomBytes(16 * 1024 ** 2);
  for (let written = 0; written < SIZE; written += block.length) await out.write(block);
  await out.close();
}
