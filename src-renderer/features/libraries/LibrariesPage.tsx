import type { ReactElement } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import { formatAmount, formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { DetailSplit } from '../../kit/DetailSplit.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { EmptyState, LoadingShape, NoMatch } from '../../kit/States.tsx';
import { useEnvironments } from '../../state/environments.ts';
import { useLibraries } from '../../state/libraries.ts';
import { useCrumbs } from '../../state/page.ts';
import { AddLibrary } from './add/AddLibrary.tsx';
import { ImportWheelhouse } from './add/ImportWheelhouse.tsx';
import { LibraryDetail } from './detail/LibraryDetail.tsx';
import { ProvidedDetail } from './detail/ProvidedDetail.tsx';
import { EnvironmentDetail } from './environment/EnvironmentDetail.tsx';
import './libraries.css';
import { Arriving } from './list/Arriving.tsx';
import { Environments } from './list/Environments.tsx';
import { ProvidedTable } from './list/ProvidedTable.tsx';
import { PROVIDED, providedId } from './model/provided.ts';
import { isOf, LibraryTable, WHICH, type Which } from './list/LibraryTable.tsx';

/** Libraries, the environments made of them, and the one that is open beside the lists. */
export default function LibrariesPage(): ReactElement {
  const { id = null, lockHash = null } = useParams<{ id?: string; lockHash?: string }>();
  const [, go] = useLocation();
  const library = useLibraries().list.find((each) => each.id === id);
  const environment = useEnvironments().list.find((each) => each.lockHash === lockHash);
  const provided = PROVIDED.find((each) => providedId(each) === id);
  const here = library?.name ?? provided?.name ?? (environment === undefined ? null : `Environment ${environment.lockHash.slice(0, 8)}`);
  useCrumbs([{ label: 'Libraries', href: addresses.libraries }, ...(here === null ? [] : [{ label: here }])]);
  const close = (): void => go(addresses.libraries);
  const detail =
    provided !== undefined ? (
      <ProvidedDetail key={id} library={provided} onClose={close} />
    ) : id !== null ? (
      <LibraryDetail key={id} library={library} onClose={close} />
    ) : lockHash === null ? null : (
      <EnvironmentDetail key={lockHash} environment={environment} onClose={close} />
    );
  return (
    <DetailSplit
      name="libraries"
      list={<Lists selected={id ?? lockHash} />}
      detail={detail}
      detailLabel={here ?? 'Library'}
      onClose={close}
    />
  );
}

function Lists({ selected }: { readonly selected: string | null }): ReactElement {
  const [search, setSearch] = useSearchParams();
  const { known, list } = useLibraries();
  const environments = useEnvironments();
  const find = search.get('find') ?? '';
  const which = WHICH.find((each) => each === search.get('which')) ?? 'all';
  const write = (change: { readonly find?: string; readonly which?: Which }): void => {
    const next = { find, which, ...change };
    setSearch(
      { ...(next.find === '' ? {} : { find: next.find }), ...(next.which === 'all' ? {} : { which: next.which }) },
      { replace: true },
    );
  };
  const wanted = find.trim().toLowerCase();
  const rows = list.filter(
    (each) => isOf(which, each) && [each.name, each.description, ...each.importNames].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <>
      <PageHead
        title="Libraries"
        about={known ? `${formatCount(list.length)}, in ${formatAmount(environments.list.length, 'environment')}` : undefined}
        actions={
          <>
            <ImportWheelhouse />
            <AddLibrary key={search.get('add')} primary={selected === null} initiallyOpen={search.get('add') === 'open'} />
          </>
        }
      />
      <div className="filter-line">
        <SearchField slash value={find} onChange={(text) => write({ find: text })} placeholder="Name, import" />
        <Segments
          label="Which libraries"
          value={which}
          onChange={(value) => write({ which: value })}
          segments={[
            { value: 'all', label: 'All' },
            { value: 'index', label: `From an index ${formatCount(list.filter((each) => isOf('index', each)).length)}` },
            { value: 'own', label: `Own ${formatCount(list.filter((each) => isOf('own', each)).length)}` },
          ]}
        />
      </div>
      <Arriving />
      <div className="scroll grow">
        {!known ? (
          <LoadingShape />
        ) : rows.length === 0 ? (
          <div className="page-body">
            {list.length === 0 ? <Nothing /> : <NoMatch title="No library matches" onClear={() => write({ find: '', which: 'all' })} />}
          </div>
        ) : (
          <LibraryTable rows={rows} opened={selected} />
        )}
        {which === 'all' ? <ProvidedTable opened={selected} find={wanted} /> : null}
        <Environments known={environments.known} list={environments.list} opened={selected} />
      </div>
    </>
  );
}

function Nothing(): ReactElement {
  return (
    <EmptyState
      title="No libraries yet"
      why="Those of Robot and the workbench are in every run. Add what your suites import besides: from an index, as a wheel, from git or as a folder."
    />
  );
}
