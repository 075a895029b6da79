import { openContentStore } from '@atn/content-store';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Changes } from '../src-main/changes.ts';
import { createEnvironments } from '../src-main/services/environments/default-environment.ts';
import { ensureEnvironment } from '../src-main/services/environments/ensure-environment.ts';
import { cacheOf, placeOf, toolsOf, type EnvironmentServices } from '../src-main/services/environments/environment-services.ts';
import { findKeptUv } from '../src-main/services/environments/kept-uv.ts';
import { lockText } from '../src-main/services/environments/lock-hash.ts';
import { lockSet } from '../src-main/services/environments/lock-set.ts';
import { carryOut } from '../src-main/robot/environment-orders.ts';
import { openStore } from '../src-main/store/open.ts';
import type { BoundLibrary, EnvironmentLock } from '../src-shared/model/library.ts';
import { figure, median, print, timeOf } from './lib/figure.ts';

// Figures: an environment that is built is verified and ready for use within 50 ms; a first build takes at most 1.3 times what uv alone
// takes for the same lock into a fresh environment with the same cache. Peer: `uv venv` and `uv pip install --require-hashes`.
const USE_LIMIT_MS = 50;
const BUILD_LIMIT = 1.3;
const PAIRS = 7;

const scripts = join(process.cwd(), 'resources/robot');
const UV = findKeptUv(join(scripts, '..')) ?? 'uv';
const home = mkdtempSync(join(tmpdir(), 'atn-bench-'));
const clock = { now: () => Date.now(), doubt: () => null, trust: () => undefined };
mkdirSync(join(home, 'scratch'));
const store = openStore({ file: join(home, 'harness.db'), backups: join(home, 'backups'), now: Date.now() });
const variables = { ...process.env, ATN_CACHE: join(home, 'cache'), ATN_PYTHON: '' };
const services: EnvironmentServices = {
  store: store.write,
  content: openContentStore(join(home, 'content')),
  changes: new Changes(),
  clock,
  scripts,
  scratch: join(home, 'scratch'),
  settings: () => ({ pythonPath: null, packageIndexUrl: null, packageFolders: [], uvPath: null, robotVersion: '7.5' }),
  defaults: createEnvironments({ scripts, clock, pythonPath: () => null, onFound: () => undefined, variables }),
  variables,
  uvElse: findKeptUv(join(scripts, '..')),
  how: 'uv',
  builds: new Map(),
  pythons: new Map(),
};

try {
  const set = ['robotframework-datadriver[xls]==1.11.2', 'robotframework-requests', 'pandas<3'].map(wanted);
  const lock = await lockSet(services, { libraries: set });
  const tools = await toolsOf(services);
  const cold = await pairsOf(lock, tools.python, { state: 'cold', count: 3 });
  print(`nothing fetched before: ${sayPairs(cold)}`);
  const warm = await pairsOf(lock, tools.python, { state: 'warm', count: PAIRS });
  print(`everything fetched before: ${sayPairs(warm)}`);
  const uses = [];
  for (let number = 0; number < 20; number += 1)
    uses.push(await timeOf(() => ensureEnvironment(services, { libraries: set, lockHash: lock.hash })));
  print(`${lock.packages.length} packages; use: ${Math.min(...uses).toFixed(1)} to ${Math.max(...uses).toFixed(1)} ms`);
  figure('a built environment, to verify and use', median(uses), { atMost: USE_LIMIT_MS, unit: 'ms' });
  figure('first build against uv alone, nothing fetched before', ratioOf(cold), { atMost: BUILD_LIMIT, unit: 'x' });
  figure('first build against uv alone, everything fetched before', ratioOf(warm), { atMost: BUILD_LIMIT, unit: 'x' });
} finally {
  store.close();
  await removeAll();
}

interface Pair {
  ours: number;
  peer: number;
}

interface Course {
  /** What was fetched before: nothing, or everything. */
  state: 'cold' | 'warm';
  count: number;
}

/** One build each, in turns about who is first. */
async function pairsOf(lock: EnvironmentLock, python: string, { state, count }: Course): Promise<Pair[]> {
  const content = { place: placeOf(services, lock.hash) };
  const fresh = () => (state === 'cold' ? rmSync(join(cacheOf(services), 'uv'), { recursive: true, force: true }) : undefined);
  const byUs = () => timeOf(() => ensureEnvironment(services, { libraries: [], lockHash: lock.hash }));
  const byUv = () => timeOf(() => uvAlone(lock, python));
  const pairs: Pair[] = [];
  for (let number = 0; number < count; number += 1) {
    await carryOut('remove', { tools: await toolsOf(services), content });
    fresh();
    const first = number % 2 === 0 ? await byUv() : await byUs();
    fresh();
    const second = number % 2 === 0 ? await byUs() : await byUv();
    pairs.push(number % 2 === 0 ? { ours: second, peer: first } : { ours: first, peer: second });
  }
  return pairs;
}

function ratioOf(pairs: readonly Pair[]): number {
  return median(pairs.map(({ ours, peer }) => ours / peer));
}

function sayPairs(pairs: readonly Pair[]): string {
  const middle = (pick: (pair: Pair) => number) => `${median(pairs.map(pick)).toFixed(0)} ms`;
  const ratios = pairs.map(({ ours, peer }) => (ours / peer).toFixed(2)).join(', ');
  return `workbench ${middle(({ ours }) => ours)}, uv alone ${middle(({ peer }) => peer)}; pairs ${ratios}`;
}

function uvAlone(lock: EnvironmentLock, python: string): Promise<void> {
  const folder = mkdtempSync(join(home, 'peer-'));
  const listed = join(folder, 'lock.txt');
  writeFileSync(listed, lockText(lock.packages));
  const options = { env: { ...process.env, UV_CACHE_DIR: join(cacheOf(services), 'uv') }, stdio: 'ignore' as const };
  execFileSync(UV, ['venv', '--python', python, join(folder, 'venv')], options);
  execFileSync(UV, ['pip', 'install', '--require-hashes', '--python', join(folder, 'venv', 'bin', 'python'), '-r', listed], options);
  return Promise.resolve();
}

function wanted(requirement: string): BoundLibrary {
  return {
    libraryId: requirement,
    versionId: requirement,
    name: requirement,
    version: '',
    source: 'requirement',
    requirement,
    sha256: null,
  };
}

/** Environments are read-only: who made them removes them. */
async function removeAll(): Promise<void> {
  const tools = await toolsOf(services);
  for (const place of [join(home, 'cache', 'environments')]) await carryOut('remove', { tools, content: { place } });
  rmSync(home, { recursive: true, force: true });
}
