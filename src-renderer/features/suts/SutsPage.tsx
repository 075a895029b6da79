import { Plus, Radar } from 'lucide-react';
import { useMemo, type ReactElement } from 'react';
import { useLocation, useParams, useSearch, useSearchParams } from 'wouter';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { DetailSplit } from '../../kit/DetailSplit.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { useCrumbs } from '../../state/page.ts';
import { useSuts } from '../../state/suts.ts';
import { useMe } from '../../state/system.ts';
import { DiscoverPanel } from './DiscoverPanel.tsx';
import { FilesMenu } from './files/FilesMenu.tsx';
import { ImportPanel } from './files/ImportPanel.tsx';
import { SutDetail } from './detail/SutDetail.tsx';
import { countsOf, grouped, GROUPINGS, rowsOf, SHOWS, type Grouping, type Show } from './model/view.ts';
import { MarkedSuts } from './MarkedSuts.tsx';
import { NewSut } from './NewSut.tsx';
import { SutTable } from './SutTable.tsx';
import './suts.css';

/** Ways to one more machine, by their place in the address. */
const WAYS_IN: Readonly<Record<string, string>> = { new: 'Add a machine', discover: 'Discover machines', import: 'Import machines' };

export default function SutsPage(): ReactElement {
  const { id = null } = useParams<{ id?: string }>();
  const [, go] = useLocation();
  const search = useSearch();
  const name = useSuts((state) => (id === null ? null : (state.byId.get(id)?.name ?? null)));
  const here = id === null ? null : (WAYS_IN[id] ?? name);
  useCrumbs([{ label: 'SUTs', href: addresses.suts }, ...(here === null ? [] : [{ label: here }])]);
  /** Filters stay in the address when details come and go. */
  const at = (address: string): string => {
    const kept = new URLSearchParams(search);
    kept.delete('edit');
    return kept.size === 0 ? address : `${address}?${kept.toString()}`;
  };
  const close = (): void => go(at(addresses.suts));
  return (
    <DetailSplit
      name="suts"
      list={
        <List
          selected={id}
          quiet={(id !== null && id in WAYS_IN) || new URLSearchParams(search).has('edit')}
          onOpen={(next) => go(at(addresses.sut(next)))}
        />
      }
      detail={id === null ? null : <Beside id={id} at={at} onClose={close} />}
      detailLabel={here ?? 'SUT'}
      onClose={close}
    />
  );
}

interface BesideProps {
  readonly id: string;
  readonly at: (address: string) => string;
  readonly onClose: () => void;
}

/** A machine, or a way to one more. */
function Beside({ id, at, onClose }: BesideProps): ReactElement {
  if (id === 'new') return <NewSut at={at} onClose={onClose} />;
  if (id === 'discover') return <DiscoverPanel at={at} onClose={onClose} />;
  if (id === 'import') return <ImportPanel onClose={onClose} />;
  return <SutDetail key={id} id={id} onClose={onClose} />;
}

interface ListProps {
  readonly selected: string | null;
  /** A form is open: its button is the primary then. */
  readonly quiet: boolean;
  readonly onOpen: (id: string) => void;
}

function List({ selected, quiet, onOpen }: ListProps): ReactElement {
  const me = useMe();
  const { known, byId, order } = useSuts();
  const [search, setSearch] = useSearchParams();
  const find = search.get('find') ?? '';
  const show = SHOWS.find((each) => each === search.get('show')) ?? 'all';
  const all = useMemo(() => order.flatMap((id) => byId.get(id) ?? []), [order, byId]);
  const grouping = GROUPINGS.find((each) => each === search.get('group')) ?? 'kind';
  const shown = useMemo(() => grouped(rowsOf(all, { show, find, me }), grouping, byId), [all, show, find, me, grouping, byId]);
  const { rows } = shown;
  const counts = countsOf(all, me);
  const set = (name: string, value: string): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const clear = (): void => setSearch([], { replace: true });
  return (
    <>
      <PageHead
        title="SUTs"
        about={known ? <HowMany all={all.length} environment={all.filter(({ role }) => role === 'environment').length} /> : undefined}
        actions={
          <>
            <Button icon={<Radar />} href={addresses.discover}>
              Discover
            </Button>
            <Button variant={quiet ? 'outline' : 'primary'} icon={<Plus />} href={addresses.newSut}>
              Add machine
            </Button>
            <FilesMenu ids={rows.length === all.length ? null : rows.map(({ id }) => id)} />
          </>
        }
      />
      {all.length === 0 ? null : (
        <div className="filter-line">
          <SearchField slash value={find} onChange={(text) => set('find', text)} placeholder="Name, tag, person, address" />
          <Segments
            label="Which SUTs"
            value={show}
            segments={segments(counts)}
            onChange={(value) => set('show', value === 'all' ? '' : value)}
          />
          <span className="grow" />
          <GroupBy value={grouping} onChange={(value) => set('group', value === 'kind' ? '' : value)} />
        </div>
      )}
      <SutTable shown={shown} total={all.length} known={known} selected={selected} onOpen={onOpen} onClear={clear} />
      <MarkedSuts />
    </>
  );
}

function HowMany({ all, environment }: { readonly all: number; readonly environment: number }): ReactElement {
  return (
    <>
      {formatCount(all - environment)}
      {environment === 0 ? '' : `, and ${formatCount(environment)} in the test environment`}
    </>
  );
}

function segments(counts: Readonly<Record<Show, number>>): { value: Show; label: string }[] {
  return [
    { value: 'all', label: 'All' },
    { value: 'mine', label: `Mine ${formatCount(counts.mine)}` },
    { value: 'free', label: `Free ${formatCount(counts.free)}` },
    { value: 'used', label: `In use ${formatCount(counts.used)}` },
    { value: 'care', label: `Needs care ${formatCount(counts.care)}` },
  ];
}

const GROUP_WORDS: Readonly<Record<Grouping, string>> = {
  kind: 'Group: kind',
  host: 'Group: host',
  tag: 'Group: first tag',
  maintainer: 'Group: maintainer',
  none: 'No groups',
};

function GroupBy({ value, onChange }: { readonly value: Grouping; readonly onChange: (value: Grouping) => void }): ReactElement {
  return (
    <select className="select" aria-label="Group" value={value} onChange={(event) => onChange(event.currentTarget.value as Grouping)}>
      {GROUPINGS.map((each) => (
        <option key={each} value={each}>
          {GROUP_WORDS[each]}
        </option>
      ))}
    </select>
  );
}
