import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labProgram } from '../../e2e/lab/processes.ts';
import { composeHub, type Hub } from './compose.ts';
import { readConfig } from './config.ts';
import { Visitor } from './test-visitor.ts';

const place = mkdtempSync(join(tmpdir(), 'atn-hub-fuzz-'));
let hub: Hub;
let token: string;

beforeAll(async () => {
  writeFileSync(join(place, 'index.html'), '<head></head>');
  // A fuzzer knocks more often than a person may.
  const environment = { ATN_HUB_CALLS: '1000000', ATN_HUB_TRIES: '1000000' };
  const config = await readConfig({ home: place, port: '0', host: undefined }, environment);
  hub = await composeHub({ config, appVersion: '1', pages: place });
  const admin = new Visitor(hub.url);
  const person = { login: 'root', name: 'Ada', password: 'seven green bicycles' };
  await admin.call('POST', '/invitations/redeem', { secret: hub.firstLink?.split('#')[1], ...person });
  const made = await admin.call('POST', '/tokens', { name: 'fuzzer', scopes: ['read', 'use', 'manage'], days: 1 });
  token = String(made.body['secret']);
});
afterAll(async () => {
  await hub.close();
  rmSync(place, { recursive: true, force: true, maxRetries: 10 });
});

/** Rules that a JSON schema cannot say: passwords that are guessed first, names without control characters, entries that contradict each other. */
const SETTINGS = `
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 401, 403, 404, 409, 422]
`;

it('answers whatever is asked over REST as its document says, and never fails inside', { timeout: 400_000 }, async () => {
  const settings = join(place, 'schemathesis.toml');
  writeFileSync(settings, SETTINGS);
  const address = `${hub.url}/api/v1`;
  const words = ['--config-file', settings, 'run', `${address}/openapi.json`, '--url', address, '--checks', 'all', '--no-color'];
  const bounds = ['--phases', 'coverage,fuzzing', '--max-examples', '4', '--seed', '1', '--header', `Authorization: Bearer ${token}`];
  // Revoking the fuzzer's own token would leave it nothing but refusals.
  const left = ['--exclude-path', '/tokens/{id}'];
  const fuzzer = spawn(labProgram('schemathesis'), [...words, ...bounds, ...left], { cwd: place });
  let said = '';
  fuzzer.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  fuzzer.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const code = await new Promise((resolve) => fuzzer.once('close', resolve));
  expect(code, said).toBe(0);
  const script = new Visitor(hub.url);
  expect((await script.ask('GET', '/api/v1/audit', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  // Every operation but the one left out was asked in both ways, and often.
  const counted = (what: RegExp): number[] => [...said.matchAll(what)].map(([, count]) => Number(count));
  const [selected = 0, all = 0] = counted(/Selected: (\d+)/gu).concat(counted(/Selected: \d+\/(\d+)/gu));
  expect(selected).toBe(all - 1);
  expect(counted(/✅ (\d+) passed/gu)).toEqual([selected, selected]);
  expect(counted(/(\d+) generated/gu)[0]).toBeGreaterThan(1000);
});
