import { useMemo, type ReactElement } from 'react';
import type { Discovery, ParseError, RevisionFile, TestData, TestDataRevision } from '../../../src-shared/model/test-data.ts';
import { client } from '../../bridge/client.ts';
import { useCall, type Call } from '../../bridge/use-call.ts';
import { ContentPane } from './file/ContentPane.tsx';
import { makeTree, type SuiteTree } from './model/suite-tree.ts';
import { SuitesPane } from './tree/SuitesPane.tsx';

/** One revision of test data, with what is known of it so far. */
export interface Revision {
  readonly testData: TestData;
  readonly revisions: readonly TestDataRevision[];
  readonly revision: TestDataRevision;
  readonly discovery: Call<Discovery>;
  readonly tree: SuiteTree;
  readonly errors: readonly ParseError[];
  /** How many of them by file. */
  readonly problems: ReadonlyMap<string, number>;
}

type Props = Pick<Revision, 'testData' | 'revisions' | 'revision'>;

const NO_FILES: readonly RevisionFile[] = [];
const NO_ERRORS: readonly ParseError[] = [];

/** Suites left, text right. While Robot still looks, or cannot, the files are there already. */
export function RevisionView({ testData, revisions, revision }: Props): ReactElement {
  const discovery = useCall(
    (signal) => client.testData.discover({ revision: revision.hash, testDataId: testData.id }, { signal }),
    [revision.hash],
  );
  const files = useCall((signal) => client.testData.files({ revision: revision.hash }, { signal }), [revision.hash]);
  const tree = useMemo(() => makeTree(testData.name, discovery.data, files.data ?? NO_FILES), [testData.name, discovery.data, files.data]);
  const errors = discovery.data?.errors ?? NO_ERRORS;
  const problems = useMemo(() => countByFile(errors), [errors]);
  const all: Revision = { testData, revisions, revision, discovery, tree, errors, problems };
  return (
    <div className="split test-data">
      <SuitesPane of={all} />
      <ContentPane of={all} />
    </div>
  );
}

function countByFile(errors: readonly ParseError[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of errors) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}
