import { createRouterClient } from '@orpc/server';
import { startSimulatedBmc } from 'ipmi-js/sim';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { composeHarness } from './compose.ts';
import { startLoopback, type Loopback } from './loopback/start-loopback.ts';

const resources = join(import.meta.dirname, '../resources');
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A key as people have one; what is looked for is a line of its middle. */
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const SECRETS = {
  bmc: 'Kanari-Bmc-7vX2',
  redfish: 'Kanari-Redfish-Qp41',
  sshPassword: 'Kanari-Ssh-m0Lz',
  sshKey: privateKey.split('\n')[8] ?? '',
  program: 'Kanari-Program-8cTe',
  field: 'Kanari-Field-Ww93',
  variable: 'Kanari-Variable-uR5s',
};
/** Is nobody's secret: a search that finds it nowhere proves nothing. */
const CONTROL = 'Kanari-Is-No-Secret';

const SUITE = `*** Settings ***
Library    ATN
Library    Process
*** Test Cases ***
Uses All Of It
    Log Variables    level=INFO
    Log    \${SUTs}
    Log    \${LOGIN}
    Log    ${CONTROL}
    Power Off    node-1
    Read Sensors    node-1
    Get SUT    node-1
    Run Keyword And Expect Error    *    Power Should Be    node-2    on
    \${result} =    Run Process    env
    Log    \${result.stdout}
Fails With Them At Hand
    Fail    \${SUTs} \${LOGIN}
`;

async function lab() {
  const home = mkdtempSync(join(tmpdir(), 'atn-kanari-'));
  const harness = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
  const served = await startLoopback({ harness, user: 'ada', appVersion: '1.2.3', port: 0, pages: null });
  let open = true;
  const close = async () => {
    if (open) await Promise.all([served.close(), harness.close()]);
    open = false;
  };
  cleanups.push(close);
  return { home, close, served, client: createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } }) };
}
type Client = Awaited<ReturnType<typeof lab>>['client'];

/** Takes connections and cuts them: what fails at it is told, in words that must not hold the password. */
async function wall(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

/** Machines with every kind of secret, a condition with one, and a suite that has them all. */
async function plant(client: Client) {
  const bmc = await startSimulatedBmc({ serial: 'boot', powerOn: true, users: [{ name: 'admin', password: SECRETS.bmc }] });
  cleanups.push(() => bmc.stop());
  const port = await wall();
  const at = (provider: 'ipmi' | 'redfish' | 'ssh', password: string, more: object = {}) => ({
    ...{ provider, address: provider === 'redfish' ? 'http://127.0.0.1' : '127.0.0.1', port, user: 'admin', password },
    ...more,
  });
  const information = [{ key: 'password', kind: 'secret' as const, value: null, secret: SECRETS.field }];
  const first = await client.suts.create({ name: 'node-1', information, endpoints: [at('ipmi', SECRETS.bmc, { port: bmc.port })] });
  const program = { provider: 'command' as const, commands: { status: ['/bin/false', CONTROL] }, password: SECRETS.program };
  const endpoints = [at('redfish', SECRETS.redfish), at('ssh', SECRETS.sshPassword), at('ssh', privateKey), program];
  const second = await client.suts.create({ name: 'node-2', endpoints });
  const variables = [{ name: 'LOGIN', type: 'secret' as const, secret: SECRETS.variable }];
  const condition = await client.conditions.create({ name: CONTROL, variables });
  const folder = join(mkdtempSync(join(tmpdir(), 'atn-kanari-suite-')), 'kanari');
  mkdirSync(folder);
  writeFileSync(join(folder, 'kanari.robot'), SUITE);
  for await (const event of await client.testData.importPath({ path: folder }))
    if (event.type === 'done') return { suts: [first.id, second.id], conditionId: condition.id, testDataId: event.testData.id };
  throw new Error('The suite was not imported.');
}

/** As it stands, as UTF-16, in base64 at each of three places, in hex. */
function spellings(secret: string): Buffer[] {
  const shifted = ['', 'x', 'xx'].map((before) => {
    const whole = Buffer.from(before + secret).toString('base64');
    return whole.slice(before === '' ? 0 : 4, Math.floor(whole.length / 4) * 4 - 4);
  });
  return [
    Buffer.from(secret),
    Buffer.from(secret, 'utf16le'),
    ...[...shifted, Buffer.from(secret).toString('hex')].map((text) => Buffer.from(text)),
  ];
}
const WANTED = Object.entries(SECRETS).map(([kind, secret]) => ({ kind, spellings: spellings(secret) }));
const leaks = (where: string, bytes: Buffer): string[] =>
  WANTED.flatMap(({ kind, spellings: each }) => (each.some((one) => bytes.includes(one)) ? [`${kind} in ${where}`] : []));

/** Command lines of every process, and the environments of those that belong to the run. */
function lookAtProcesses(runId: string): { found: string[]; ofRun: number } {
  const found: string[] = [];
  let ofRun = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    const read = (file: string) => {
      try {
        return readFileSync(`/proc/${pid}/${file}`);
      } catch {
        return Buffer.alloc(0); // it has ended, or is another user's
      }
    };
    const line = read('cmdline');
    found.push(...leaks(`the command line of ${pid}`, line));
    const environment = read('environ');
    if (!environment.includes(`ATN_RUN=${runId}`) && !line.includes(runId)) continue;
    ofRun += 1;
    found.push(...leaks(`the environment of ${pid}`, environment));
  }
  return { found, ofRun };
}

/** Every address of the REST face that reads, with every id that may stand in it; of a feed what it begins with. */
async function askEverything(
  { url, ownerToken }: Loopback,
  ids: readonly string[],
): Promise<{ found: string[]; answered: number; text: string }> {
  const headers = { authorization: `Bearer ${ownerToken}` };
  const document = (await (await fetch(`${url}/api/v1/openapi.json`, { headers })).json()) as { paths: Record<string, object> };
  const templates = Object.entries(document.paths).flatMap(([path, methods]) => ('get' in methods ? [path] : []));
  const paths = templates.flatMap((path) => (path.includes('{') ? ids.map((id) => path.replaceAll(/\{\w+\}/gu, id)) : [path]));
  const found: string[] = [];
  let text = '';
  let answered = 0;
  for (const path of paths) {
    const leaving = new AbortController();
    const response = await fetch(`${url}/api/v1${path}`, { headers, signal: leaving.signal });
    if (response.ok) answered += 1;
    const bytes = await firstOf(response, response.headers.get('content-type')?.includes('event-stream') === true);
    leaving.abort();
    found.push(...leaks(`GET ${path}`, bytes));
    text += bytes.toString();
  }
  return { found, answered, text };
}

async function firstOf(response: Response, isFeed: boolean): Promise<Buffer> {
  if (!isFeed) return Buffer.from(await response.arrayBuffer());
  const reader = response.body?.getReader();
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, 150, undefined));
  const chunk = await Promise.race([reader?.read(), late]);
  return Buffer.from(chunk?.value ?? new Uint8Array());
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));

describe.skipIf(process.platform !== 'linux')('secrets of every kind', () => {
  it('are in no file, answer, feed, report, command line or environment, while they are used and afterwards', async () => {
    const { home, close, served, client } = await lab();
    const { suts, conditionId, testDataId } = await plant(client);
    for (const id of suts) for await (const event of await client.suts.verify({ id })) expect(leaks('verify', text(event))).toEqual([]);
    const { id } = await client.runs.start({
      testDataId,
      conditionId,
      suts: ['node-1', 'node-2'],
      name: CONTROL,
      options: { robotOptions: ['--loglevel=TRACE'] },
    });
    const seen = { found: [] as string[], processes: 0 };
    await vi.waitFor(
      async () => {
        const { found, ofRun } = lookAtProcesses(id);
        seen.found.push(...found);
        seen.processes = Math.max(seen.processes, ofRun);
        expect((await client.runs.get({ id })).state).toBe('ended');
      },
      { timeout: 90_000, interval: 20 },
    );
    expect(seen.processes).toBeGreaterThan(1); // supervisor and Robot were looked at
    expect(seen.found).toEqual([]);
    const run = await client.runs.get({ id });
    expect(run.counts).toMatchObject({ passed: 1, failed: 1 });

    const asked = await askEverything(served, [...suts, conditionId, testDataId, id]);
    expect(asked.answered).toBeGreaterThan(30);
    expect(asked.text).toContain(CONTROL);
    expect(asked.found).toEqual([]);
    const { url } = await client.reports.export({ id, form: 'zip' });
    expect(leaks('the exported report', unpacked(Buffer.from(await (await fetch(url)).arrayBuffer())))).toEqual([]);
    const capsule = join(mkdtempSync(join(tmpdir(), 'atn-kanari-capsule-')), 'capsule.zip');
    for await (const event of await client.capsules.export({ id, path: capsule })) expect(leaks('capsule', text(event))).toEqual([]);
    expect(leaks('the capsule', unpacked(readFileSync(capsule)))).toEqual([]);

    await close();
    const files = filesIn(home);
    expect(files.filter((file) => readFileSync(file).includes(CONTROL)).map((file) => file.slice(home.length))).toEqual(
      expect.arrayContaining(['/harness.db', `/runs/${id}/output/output.xml`, `/runs/${id}/record.db`]),
    );
    expect(files.flatMap((file) => leaks(file.slice(home.length), readFileSync(file)))).toEqual([]);
  }, 180_000);
});

const text = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** What is in a zip, one file after the other. */
function unpacked(zip: Buffer): Buffer {
  const file = join(mkdtempSync(join(tmpdir(), 'atn-kanari-zip-')), 'bundle.zip');
  writeFileSync(file, zip);
  const program = 'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nfor n in z.namelist(): sys.stdout.buffer.write(z.read(n))';
  const bytes = execFileSync('python3', ['-c', program, file], { maxBuffer: 256 * 1024 * 1024 });
  expect(bytes.includes(CONTROL)).toBe(true);
  return bytes;
}
