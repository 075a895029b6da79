import { openContentStore, usage } from '@atn/content-store';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Progress } from '../../../src-shared/model/system.ts';
import { Changes } from '../../changes.ts';
import { WorkbenchError } from '../../errors.ts';
import { listContentReferences } from '../../store/content-references.ts';
import { SuiteFinder } from '../../robot/discovery.ts';
import { openStore } from '../../store/open.ts';
import type { Caller } from '../caller.ts';
import type { Environments } from '../environments/default-environment.ts';
import { importTestData, type ImportRequest } from './import-test-data.ts';
import type { TestDataServices } from './test-data-services.ts';
import { Turns } from './turns.ts';

export const ada: Caller = { user: 'ada', origin: 'desktop' };
export const SUITE = '*** Test Cases ***\nOne\n    Log    1\n';

/** A harness's test-data services on an empty home, for tests. Without `environments` there is no Python. */
export function bench(environments?: Environments, options: { resources?: string } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'atn-test-data-'));
  const scratch = join(home, 'scratch');
  mkdirSync(scratch);
  const store = openStore({ file: join(home, 'harness.db'), backups: home, now: 1 });
  const changes = new Changes();
  const announced: string[][] = [];
  changes.on('testData:changed', ({ ids }) => announced.push(ids));
  let now = 1000;
  const resources = options.resources ?? join(import.meta.dirname, '../../../resources');
  const finder = new SuiteFinder(join(resources, 'robot'));
  const services: TestDataServices = {
    store: store.write,
    content: openContentStore(join(home, 'content')),
    changes,
    clock: { now: () => (now += 1) },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    environments: environments ?? { known: () => null, ensureDefault: () => Promise.reject(new WorkbenchError('PYTHON_MISSING')) },
    resources,
    scratch,
    finder,
    turns: new Turns(),
    plansOf: () => [],
    otherContent: () => listContentReferences(store.read),
  };
  const progress: Progress[] = [];
  const run = (path: string, more: Partial<ImportRequest> = {}) =>
    importTestData(services, {
      path,
      caller: ada,
      signal: new AbortController().signal,
      onProgress: (each) => void progress.push(each),
      ...more,
    });
  return {
    home,
    services,
    announced,
    progress,
    close: () => finder.close(),
    import: run,
    contentFiles: async () => (await usage(services.content)).files,
  };
}

/** Writes files into a new folder; answers its path. */
export function folderWith(files: Record<string, string | Buffer>, name = 'data'): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'atn-source-')), name);
  mkdirSync(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

export async function refusalOf(promise: Promise<unknown>): Promise<{ code: string; message: string; details: string[] }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof WorkbenchError) return { code: error.code, message: error.message, details: error.data.details };
    throw error;
  }
  throw new Error('It was not refused.');
}
