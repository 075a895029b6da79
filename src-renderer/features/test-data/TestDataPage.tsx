import type { ReactElement } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { PlainTable } from '../../kit/PlainTable.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { EmptyState, LoadingShape } from '../../kit/States.tsx';
import { importSample } from '../../state/imports.ts';
import { useCrumbs } from '../../state/page.ts';
import { useTestData } from '../../state/test-data.ts';
import { COLUMNS } from './columns.tsx';
import { ImportControl } from './ImportControl.tsx';
import './test-data.css';

export default function TestDataPage(): ReactElement {
  const [, open] = useLocation();
  const [search, setSearch] = useSearchParams();
  const known = useTestData((state) => state.known);
  const list = useTestData((state) => state.list);
  const find = search.get('find') ?? '';
  const rows = list.filter(({ name, newest }) => `${name}\n${newest.source}`.toLowerCase().includes(find.trim().toLowerCase()));
  useCrumbs([{ label: 'Test data' }]);
  const setFind = (text: string): void => setSearch(text === '' ? [] : [['find', text]], { replace: true });
  return (
    <>
      <PageHead
        title="Test data"
        about={known ? formatCount(list.length) : undefined}
        actions={
          <ImportControl variant="primary" key={search.get('import')} initiallyOpen={search.get('import') === 'open'}>
            Import
          </ImportControl>
        }
      />
      {list.length === 0 ? null : (
        <div className="filter-line">
          <SearchField slash value={find} onChange={setFind} placeholder="Name, source" />
        </div>
      )}
      {!known ? (
        <LoadingShape />
      ) : rows.length === 0 ? (
        <div className="page-body">
          {list.length === 0 ? <Nothing /> : <NoMatch find={find} total={list.length} onClear={() => setFind('')} />}
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

function NoMatch({ find, total, onClear }: { readonly find: string; readonly total: number; readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState
      title={`No test data match “${find}”`}
      why={`There are ${formatCount(total)} in all.`}
      actions={
        <Button small onClick={onClear}>
          Clear the filter
        </Button>
      }
    />
  );
}
