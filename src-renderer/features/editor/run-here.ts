import type { TestSuite } from '../../../src-shared/model/test-data.ts';
import { client } from '../../bridge/client.ts';
import type { RunChoice } from '../../kit/addresses.ts';

/** What a run of a file, or of one case in it, takes; null when Robot finds no such suite or case in the revision. */
export async function choiceOf(
  { testDataId, revision }: { testDataId: string; revision: string },
  path: string,
  name: string | null,
): Promise<RunChoice | null> {
  const { root } = await client.testData.discover({ revision, testDataId });
  const suite = suiteOf(root, path);
  if (suite === null) return null;
  if (name === null) return { suites: [suite.longName] };
  return suite.tests.some((test) => test.name === name) ? { tests: [`${suite.longName}.${name}`] } : null;
}

function suiteOf(suite: TestSuite, path: string): TestSuite | null {
  if (suite.kind === 'file' && suite.path === path) return suite;
  for (const child of suite.suites) {
    const found = suiteOf(child, path);
    if (found !== null) return found;
  }
  return null;
}
