import { join } from 'node:path';
import type { TestData } from '../../../src-shared/model/test-data.ts';
import type { Caller } from '../caller.ts';
import { importTestData } from './import-test-data.ts';
import type { TestDataServices } from './test-data-services.ts';

interface SampleRequest {
  caller: Caller;
  signal?: AbortSignal | undefined;
}

/** Brings in the suites that come with the workbench, for a first run; again, it is what is there already. */
export async function importSample(services: TestDataServices, { caller, signal }: SampleRequest): Promise<TestData> {
  const { testData } = await importTestData(services, {
    path: join(services.resources, 'demo', 'demo-suites'),
    name: 'Sample',
    source: { kind: 'sample', place: 'Sample' },
    caller,
    signal: signal ?? new AbortController().signal,
    onProgress: () => undefined,
  });
  return testData;
}
