import { createRouterClient } from '@orpc/server';
import { execFileSync, fork } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { composeHarness } from '../src-main/compose.ts';
import { figure, print, seconds } from './lib/figure.ts';
import memoryFile from './lib/tree-memory.process?modulePath';

// Figures: an output.xml of 1.5 GB is taken in without memory that grows with it. Memory is what the process and all its children
// hold at once (resident, shared pages counted in each), seen every 100 ms, over what they held before. Peer, measured in the same run:
// the file read and hashed by `sha256sum`, for no import can be faster than that.
const BYTES = Number(process.env['ATN_BENCH_BYTES'] ?? 1_500_000_000);
const LIMIT_MB = 400;
const HOLD_UP_MS = 50;
const TIME = '2026-11-22T10:00:00.000000';
/** Of one test, each with a message of a few hundred signs. */
const KEYWORDS = 100;

const folder = mkdtempSync(join(tmpdir(), 'atn-bench-'));
try {
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  for (const [ending, write] of Object.entries({ xml: writeXml, json: writeJson })) {
    const file = join(folder, `output.${ending}`);
    const tests = await write(file);
    const began = performance.now();
    execFileSync('sha256sum', [file]);
    const peer = performance.now() - began;
    print(
      `output.${ending}: ${(statSync(file).size / 1e9).toFixed(2)} GB, ${tests} tests; sha256sum ${seconds(peer)}; load ${loadavg()[0]?.toFixed(1)}`,
    );
    await measureImport(file, { ending, tests, peer });
    rmSync(file);
  }
}

async function measureImport(file: string, { ending, tests, peer }: { ending: string; tests: number; peer: number }): Promise<void> {
  const resources = join(process.cwd(), 'resources');
  const harness = await composeHarness({ home: join(folder, `home-${ending}`), face: 'headless', appVersion: '0', resources });
  const client = createRouterClient(harness.router, { context: { caller: { user: 'bench', origin: 'cli' } } });
  try {
    // The environment is there before the clock runs.
    const small = join(folder, 'small.xml');
    await writeXml(small, 10_000);
    for await (const event of await client.interchange.importResults({ path: small })) if (event.type === 'done') break;
    const memory = fork(memoryFile, [String(process.pid)]);
    const [before] = (await once(memory, 'message')) as [number];
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const began = performance.now();
    for await (const event of await client.interchange.importResults({ path: file })) {
      if (event.type !== 'done') continue;
      const run = await client.runs.get({ id: event.imported[0]?.runId ?? '' });
      if (run.total !== tests) throw new Error(`${run.total} of ${tests} tests came in`);
    }
    const took = performance.now() - began;
    delay.disable();
    memory.send('end');
    const [most] = (await once(memory, 'message')) as [number];
    print(`imported in ${seconds(took)}, ${(took / peer).toFixed(1)} times sha256sum`);
    figure(`output.${ending}: memory over what there was`, (most - before) / 1e6, { atMost: LIMIT_MB, unit: 'MB' });
    figure(`output.${ending}: longest hold-up of the harness`, delay.max / 1e6, { atMost: HOLD_UP_MS, unit: 'ms' });
  } finally {
    await harness.close();
  }
}

/** Tests until the file has its size; answers how many. */
async function writeXml(file: string, bytes = BYTES): Promise<number> {
  const status = `<status status="PASS" start="${TIME}" elapsed="0.001"/>`;
  const keyword = `<kw name="Log" owner="BuiltIn"><msg time="${TIME}" level="INFO">${'text '.repeat(60)}</msg><arg>1</arg>${status}</kw>\n`;
  const body = keyword.repeat(KEYWORDS);
  return writeParts(file, bytes, {
    head: `<?xml version="1.0"?>\n<robot generator="Robot 7.5 (Python 3.12.4 on linux)">\n<suite id="s1" name="Large">\n`,
    test: (n) => `<test id="s1-t${n}" name="Test ${n}">\n${body}${status}</test>\n`,
    between: '',
    foot: `${status}</suite>\n<statistics/><errors/></robot>\n`,
  });
}

async function writeJson(file: string): Promise<number> {
  const status = { status: 'PASS', start_time: TIME, elapsed_time: 0.001 };
  const message = { type: 'MESSAGE', message: 'text '.repeat(60), level: 'INFO', timestamp: TIME };
  const body = JSON.stringify(
    Array.from({ length: KEYWORDS }, () => ({ name: 'Log', owner: 'BuiltIn', args: ['1'], body: [message], ...status })),
  );
  const end = JSON.stringify(status).slice(1);
  return writeParts(file, BYTES, {
    head: `{"generator":"Robot 7.5 (Python 3.12.4 on linux)","rpa":false,"suite":{"id":"s1","name":"Large","tests":[`,
    test: (n) => `{"id":"s1-t${n}","name":"Test ${n}","body":${body},${end}`,
    between: ',\n',
    foot: `],${end},"errors":[]}`,
  });
}

interface Parts {
  head: string;
  test: (n: number) => string;
  between: string;
  foot: string;
}

async function writeParts(file: string, bytes: number, { head, test, between, foot }: Parts): Promise<number> {
  const out = createWriteStream(file);
  out.write(head);
  let written = 0;
  let tests = 0;
  while (written < bytes) {
    tests += 1;
    const text = `${tests === 1 ? '' : between}${test(tests)}`;
    written += text.length;
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end(foot);
  await once(out, 'close');
  return tests;
}
