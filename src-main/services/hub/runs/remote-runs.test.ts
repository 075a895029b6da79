import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { shareSut, updateHub } from '../../../store/hub.ts';
import { findHubRun } from '../../../store/hub-runs.ts';
import { applyMail } from '../apply-mail.ts';
import { openHubBench } from '../hub-bench.ts';
import type { HubServices, HubWire } from '../hub-services.ts';
import { RemoteRuns } from './remote-runs.ts';

const SUITES = Buffer.from('suites');
const sha256 = createHash('sha256').update(SUITES).digest('hex');
const WAIT = { timeout: 20_000 };

let bench: ReturnType<typeof openHubBench>;
let services: HubServices;
let runs: RemoteRuns | null = null;
/** What comes over the wire; each call one try. */
let tries: ((file: string, signal: AbortSignal) => Promise<void>)[];
const imported = vi.fn();

beforeEach(() => {
  bench = openHubBench();
  tries = [];
  imported.mockReset().mockRejectedValue(new Error('enough'));
  const wire = {
    fetchFile: (_url: string, _shown: unknown, { file, signal }: { file: string; signal: AbortSignal }) =>
      (tries.shift() ?? (() => Promise.reject(new Error('cut off'))))(file, signal),
  };
  services = {
    ...bench.services,
    remoteRuns: { ...bench.services.remoteRuns, importZip: imported },
    wire: () => Promise.resolve(wire as unknown as HubWire),
  };
  shareSut(services.store, 'id-a', true);
  updateHub(services.store, { runs_allowed: 1 });
  mail(1, 'reservation.request', { id: 'hold', user: 'aiko', suts: ['a'], purpose: '', ifBusy: 'refuse' });
  const selection = { include: [], exclude: [], suites: [], tests: [] };
  const testData = { sha256, size: SUITES.length, name: 'Fans' };
  mail(2, 'run.request', { id: 'run', user: 'aiko', reservationId: 'hold', name: 'Fans', testData, suts: ['a'], selection, options: {} });
});
afterEach(() => {
  runs?.close();
  bench.close();
});

function mail(seq: number, kind: string, body: object): void {
  applyMail(services, { session: 's', mailGen: 'm', items: [{ seq, nonce: 'n'.repeat(16), kind, body: JSON.stringify(body) }] });
}
const begin = () => {
  runs = new RemoteRuns(services, { session: () => 's', ask: () => Promise.reject(new Error('nobody')) });
  runs.look();
  return runs;
};
const file = () => join(services.arriving, sha256, 'suites.zip');

it('fetches no further for a run that was stopped meanwhile, and keeps nothing of it', async () => {
  tries.push(async (path, signal) => {
    writeFileSync(path, SUITES.subarray(0, 3));
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  });
  const going = begin();
  await vi.waitFor(() => expect(existsSync(file())).toBe(true), WAIT);
  mail(3, 'run.stop', { id: 'run', user: 'aiko', now: false });
  going.look();
  await vi.waitFor(() => expect(findHubRun(services.store, 'run')?.refused).toContain('CANCELLED'), WAIT);
  await vi.waitFor(() => expect(readdirSync(services.arriving)).toEqual([]), WAIT);
  expect(imported).not.toHaveBeenCalled();
});

it('keeps what came before the harness ended, for the run that waits for it, and nothing else', async () => {
  mkdirSync(join(services.arriving, sha256), { recursive: true });
  writeFileSync(file(), SUITES.subarray(0, 3));
  mkdirSync(join(services.arriving, 'f'.repeat(64)), { recursive: true });
  tries.push((path) => appendFile(path, SUITES.subarray(3)));
  begin();
  await vi.waitFor(() => expect(imported).toHaveBeenCalledOnce(), WAIT);
  await vi.waitFor(() => expect(readdirSync(services.arriving)).toEqual([]), WAIT);
});

it('refuses what is not what was asked for, and does not keep it', async () => {
  tries.push((path) => appendFile(path, 'others'));
  begin();
  await vi.waitFor(() => expect(findHubRun(services.store, 'run')?.refused).toContain('its hash differs'), WAIT);
  expect(existsSync(file())).toBe(false);
});
