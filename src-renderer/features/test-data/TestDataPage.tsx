import type { ReactElement } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { TestData } from '../../../src-shared/model/test-data.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { AreaLinks, TEST_DATA_AREAS } from '../../kit/AreaLinks.tsx';
import { Button } from '../../kit/Button.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { PlainTable } from '../../kit/PlainTable.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { EmptyState, LoadingShape, NoMatch } from '../../kit/States.tsx';
import { importSample } from '../../state/imports.ts';
import { useCrumbs } from '../../state/page.ts';
import { useTestData } from '../../state/test-data.ts';
import { COLUMNS } from './columns.tsx';
import { ImportControl } from './import/ImportControl.tsx';
import { sourceText } from './model/source-words.ts';
import './test-data.css';

const WHICH = ['used', 'newer', 'archived'] as const;
type Which = (typeof WHICH)[number];
const NONE: Readonly<Record<Which, string>> = {
  used: 'All test data are archived',
  newer: 'Nothing newer is waiting',
  archived: 'Nothing is archived',
};

const readWhich = (text: string | null): Which => WHICH.find((one) => one === text) ?? 'used';

function isOf(which: Which, { archivedAt, link }: TestData): boolean {
  if (which === 'archived') return archivedAt !== null;
  return archivedAt === null && (which === 'used' || link?.state === 'newer');
}

export default function TestDataPage(): ReactElement {
  const [, open] = useLocation();
  const [search, setSearch] = useSearchParams();
  const known = useTestData((state) => state.known);
  const list = useTestData((state) => state.list);
  const find = search.get('find') ?? '';
  const which = readWhich(search.get('which'));
  const archived = list.filter(({ archivedAt }) => archivedAt !== null).length;
  const rows = list.filter(
    (one) =>
      isOf(which, one) &&
      `${one.name}\n${sourceText(one.newest.source)}\n${one.newest.author}`.toLowerCase().includes(find.trim().toLowerCase()),
  );
  useCrumbs([{ label: 'Test data' }]);
  const write = (change: { readonly find?: string; readonly which?: Which }): void => {
    const next = { find, which, ...change };
    setSearch(
      { ...(next.find === '' ? {} : { find: next.find }), ...(next.which === 'used' ? {} : { which: next.which }) },
      { replace: true },
    );
  };
  const setFind = (text: string): void => write({ find: text });
  return (
    <>
      <PageHead
        title="Test data"
        about={known ? formatCount(list.length - archived) : undefined}
        actions={
          <ImportControl variant="primary" key={search.get('import')} initiallyOpen={search.get('import') === 'open'}>
            Import
          </ImportControl>
        }
      >
        <AreaLinks label="Test data" areas={TEST_DATA_AREAS} here={addresses.testData} />
      </PageHead>
      {list.length === 0 ? null : (
        <div className="filter-line">
          <SearchField slash value={find} onChange={setFind} placeholder="Name, source, author" />
          <Segments
            label="Which test data"
            value={which}
            onChange={(value) => write({ which: value })}
            segments={[
              { value: 'used', label: 'In use' },
              { value: 'newer', label: `Newer to take ${formatCount(list.filter((one) => isOf('newer', one)).length)}` },
              { value: 'archived', label: `Archived ${formatCount(archived)}` },
            ]}
          />
        </div>
      )}
      {!known ? (
        <LoadingShape />
      ) : rows.length === 0 ? (
        <div className="page-body">
          {list.length === 0 ? (
            <Nothing />
          ) : (
            <NoMatch
              title={find === '' ? NONE[which] : `No test data match “${find}”`}
              why={`There are ${formatCount(list.length)} in all, archived ones included.`}
              onClear={() => write({ find: '', which: 'used' })}
            />
          )}
        </div>
      ) : (
        <div className="scroll grow">
          <PlainTable
            label="Test data"
            columns={COLUMNS}
            rows={rows}
            keyOf={({ id }) => id}
            onOpen={({ id }) => open(addresses.oneTestData(id))}
          />
        </div>
      )}
    </>
  );
}

function Nothing(): ReactElement {
  return (
    <EmptyState
      title="No test data yet"
      why="Import a folder of Robot files, or take the sample: five suites, done in seconds, one case fails on purpose."
      actions={
        <>
          <ImportControl>Import test data</ImportControl>
          <Button variant="quiet" onClick={() => void importSample()}>
            Take the sample
          </Button>
        </>
      }
    />
  );
}
