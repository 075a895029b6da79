import { openContentStore, put } from '@atn/content-store';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoundLibrary } from '../../../src-shared/model/library.ts';
import { Changes } from '../../changes.ts';
import { openStore } from '../../store/open.ts';
import { saveLibrary, saveLibraryVersion } from '../../store/libraries.ts';
import { createEnvironments } from './default-environment.ts';
import type { EnvironmentServices } from './environment-services.ts';
import { findKeptUv } from './kept-uv.ts';
import { TestIndex } from './test-index.ts';
import { makeWheel, pretendedRobot, type TestWheel } from './test-wheels.ts';

const scripts = join(import.meta.dirname, '../../../resources/robot');

interface BenchOptions {
  how: 'uv' | 'pip';
  wheels?: readonly TestWheel[];
  /** Shares the cache with an earlier bench: another home of the same user. */
  cache?: string;
}

/** Making a Python with pip takes seconds and is none of what is tested: one is enough. */
const pips: string[] = [];

function sharePip(cache: string): void {
  for (const earlier of pips) {
    const made = readdirSync(earlier).filter((name) => name.startsWith('pip-') && existsSync(join(earlier, name, 'complete')));
    for (const name of made) if (!existsSync(join(cache, name))) symlinkSync(join(earlier, name), join(cache, name));
  }
  pips.push(cache);
}

/** Environments of a home of its own, with a package index of its own: no other is ever asked. */
export async function libraryBench({ how, wheels = [], cache = mkdtempSync(join(tmpdir(), 'atn-cache-')) }: BenchOptions) {
  const home = mkdtempSync(join(tmpdir(), 'atn-home-'));
  mkdirSync(join(home, 'scratch'));
  sharePip(cache);
  const index = await TestIndex.serve([await pretendedRobot(), ...wheels]);
  const store = openStore({ file: join(home, 'harness.db'), backups: join(home, 'backups'), now: Date.now() });
  const variables = { ...process.env, ATN_CACHE: cache, ATN_PYTHON: '' };
  // Retries would only make the tests of failures long.
  process.env['UV_HTTP_RETRIES'] = '0';
  process.env['PIP_RETRIES'] = '0';
  const clock = { now: () => Date.now(), doubt: () => null, trust: () => undefined };
  const services: EnvironmentServices = {
    store: store.write,
    content: openContentStore(join(home, 'content')),
    changes: new Changes(),
    clock,
    scripts,
    scratch: join(home, 'scratch'),
    settings: () => ({ pythonPath: null, packageIndexUrl: index.url, packageFolders: [], uvPath: null, robotVersion: '7.5' }),
    defaults: createEnvironments({ scripts, clock, pythonPath: () => null, onFound: () => undefined, variables }),
    variables,
    uvElse: findKeptUv(join(scripts, '..')),
    how,
    builds: new Map(),
    pythons: new Map(),
  };
  return {
    home,
    cache,
    index,
    services,
    environments: () => readdirSync(join(cache, 'environments')).filter((name) => !name.startsWith('.')),
    halfBuilt: () => readdirSync(join(cache, 'environments')).filter((name) => name.startsWith('.building')),
    /** A wheel as if somebody had added it to the registry. */
    keep: async ({ name, version, fileName, bytes, sha256 }: TestWheel): Promise<BoundLibrary> => {
      const id = `${name}-${version}`;
      await put(services.content, bytes);
      saveLibrary(store.write, { id, name, nameKey: name, description: '', importNames: [], createdAt: 1 });
      const facts = { version, source: 'wheel' as const, requirement: null, sha256, fileName, origin: fileName, size: bytes.length };
      saveLibraryVersion(store.write, { id, libraryId: id, ...facts, addedAt: 1, addedBy: 'ada' });
      return { libraryId: id, versionId: id, name, version, source: 'wheel', requirement: null, sha256 };
    },
    writeFile: (name: string, bytes: Buffer) => {
      const path = join(home, name);
      writeFileSync(path, bytes);
      return path;
    },
    close: async () => {
      await index.close();
      store.close();
    },
  };
}

/** A library of the index. */
export function wanted(requirement: string): BoundLibrary {
  const name = /^[\w.-]+/u.exec(requirement)?.[0] ?? '';
  return { libraryId: name, versionId: requirement, name, version: requirement, source: 'requirement', requirement, sha256: null };
}

export const made = (name: string, version: string, requires: readonly string[] = []) => makeWheel({ name, version, requires });
