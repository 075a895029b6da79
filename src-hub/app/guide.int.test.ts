import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildAtn } from '../../e2e/lab/harness-process.ts';
import { soon } from '../links/link-bench.ts';
import { composeHub, type Hub } from './compose.ts';
import { readConfig } from './config.ts';
import { Visitor } from './test-visitor.ts';

// Every command of the guide is typed here, in the order in which a reader comes to it.
const root = join(import.meta.dirname, '../..');
const place = mkdtempSync(join(tmpdir(), 'atn-guide-'));

interface Command {
  line: string;
  words: string[];
  exit: number;
}

/** Lines of the blocks marked `sh`; `# exit 1` behind one says that this is how it ends. */
function commandsOf(page: string): Command[] {
  const text = readFileSync(join(root, 'docs/guide', `${page}.md`), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gmsu)].map(([, body = '']) => body);
  return blocks
    .flatMap((body) => body.split('\n').filter((line) => line.trim() !== ''))
    .map((whole) => {
      const [line = '', exit = '0'] = whole.split(/ # exit /u);
      const words = [...line.matchAll(/"([^"]*)"|\S+/gu)].map(([word, quoted]) => quoted ?? word);
      return { line, words, exit: Number(exit) };
    });
}

/** Types one as a reader would, in a folder that has the suites the guide speaks of. */
async function type({ line, words, exit }: Command, home: string): Promise<string> {
  expect(words[0], line).toBe('atn');
  const child = spawn(process.execPath, [join(root, 'scripts/atn.mjs'), ...words.slice(1)], {
    cwd: place,
    env: { ...process.env, ATN_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code, `${line}\n${said}`).toBe(exit);
  return said;
}

beforeAll(() => {
  buildAtn();
  cpSync(join(root, 'resources/demo'), join(place, 'resources/demo'), { recursive: true });
}, 300_000);
afterAll(() => rmSync(place, { recursive: true, force: true, maxRetries: 10 }));

describe('the guide of the local tester', () => {
  it.each(commandsOf('local-tester'))('$line', async (command) => {
    await type(command, join(place, 'tester-home'));
  });
});

describe('on the demo lab', () => {
  const home = join(place, 'demo-home');
  let lab: ChildProcess;
  beforeAll(async () => {
    const program = join(root, 'scripts/atn.mjs');
    lab = spawn(process.execPath, [program, 'serve', '--demo', '--home', home, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => lab.stdout?.once('data', resolve));
  });
  afterAll(async () => {
    const gone = new Promise((resolve) => lab.once('close', resolve));
    lab.kill('SIGTERM');
    await gone;
  });

  describe('the guide of the lab operator', () => {
    it.each(commandsOf('lab-operator'))('$line', async (command) => {
      await type(command, home);
    });
  });

  describe('the guide of the remote tester', () => {
    let hub: Hub;
    let admin: Visitor;
    beforeAll(async () => {
      const config = await readConfig({ home: join(place, 'hub-home'), port: '0', host: undefined }, {});
      hub = await composeHub({ config, appVersion: '1', pages: place });
      admin = new Visitor(hub.url);
      const [, secret = ''] = (hub.firstLink ?? '').split('#');
      await admin.call('POST', '/invitations/redeem', { secret, login: 'ada', name: 'Ada', password: 'seven green bicycles' });
    });
    afterAll(() => hub.close());

    it.each(commandsOf('remote-tester'))('$line', async (command) => {
      if (!command.words.includes('CODE')) return void (await type(command, home));
      const { code } = (await admin.call('POST', '/harnesses/codes')).body as unknown as { code: string };
      const meant: Readonly<Record<string, string>> = { HUB_URL: hub.url, CODE: code };
      await type({ ...command, words: command.words.map((word) => meant[word] ?? word) }, home);
      await soon(async () => {
        const [asking] = (await admin.call('GET', '/harnesses')).body as unknown as { id: string }[];
        const { status } = await admin.call('POST', `/harnesses/${asking?.id ?? ''}/decisions`, { decision: 'approved' });
        expect(status).toBe(200);
      });
    });
  });
});
