import type { ReactElement } from 'react';
import type { Sut } from '../../../src-shared/model/sut.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { DenseTable, type Column } from '../../kit/DenseTable.tsx';
import { Chip } from '../../kit/Page.tsx';
import { EmptyState, LoadingShape } from '../../kit/States.tsx';
import { Holder } from './Holder.tsx';
import { InUse } from './InUse.tsx';
import { addressOf } from './model/view.ts';

const COLUMNS: readonly Column<Sut>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(100px, 1fr)',
    render: ({ name }) => <span className="strong">{name}</span>,
    hint: ({ name }) => name,
  },
  {
    id: 'held',
    title: 'Held by',
    width: 'minmax(190px, 1.7fr)',
    render: (sut) => <Holder sut={sut} />,
    hint: ({ reservedBy }) => reservedBy ?? undefined,
  },
  {
    id: 'used',
    title: 'In use by',
    width: 'minmax(110px, 1fr)',
    render: ({ inUse }) => (inUse === null ? null : <InUse inUse={inUse} />),
    hint: ({ inUse }) => inUse?.runName,
  },
  {
    id: 'address',
    title: 'Address',
    width: 'minmax(100px, 1fr)',
    render: (sut) => <span className="mono mid">{addressOf(sut)}</span>,
    hint: addressOf,
  },
  {
    id: 'tags',
    title: 'Tags',
    width: 'minmax(110px, 1.1fr)',
    render: ({ tags }) => <FirstTags tags={tags} />,
    hint: ({ tags }) => tags.join(', '),
  },
  {
    id: 'maintained',
    title: 'Maintained by',
    width: 'minmax(104px, 0.7fr)',
    render: ({ maintainedBy }) => <span className="dim">{maintainedBy}</span>,
    hint: ({ maintainedBy }) => maintainedBy,
  },
];

/** More are counted, and named on hover. */
const FEW_TAGS = 2;

function FirstTags({ tags }: { readonly tags: readonly string[] }): ReactElement {
  return (
    <span className="row tight">
      {tags.slice(0, FEW_TAGS).map((tag) => (
        <Chip key={tag} tag>
          {tag}
        </Chip>
      ))}
      {tags.length > FEW_TAGS ? <span className="dim small figures nowrap">+{tags.length - FEW_TAGS}</span> : null}
    </span>
  );
}

const GROUPS: Readonly<Record<string, string>> = {
  sut: 'Machines under test',
  environment: 'Test environment, never powered or provisioned by a run',
};

interface Props {
  readonly rows: readonly Sut[];
  readonly total: number;
  readonly known: boolean;
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
  readonly onClear: () => void;
}

export function SutTable({ rows, total, known, selected, onOpen, onClear }: Props): ReactElement {
  if (!known) return <LoadingShape rows={10} />;
  if (rows.length === 0)
    return <div className="page-body">{total === 0 ? <NoMachine /> : <NoMatch total={total} onClear={onClear} />}</div>;
  const grouped = rows.some(({ role }) => role === 'environment');
  return (
    <DenseTable
      ruled
      rowHeight={32}
      label="SUTs"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ id }) => id}
      selected={selected}
      onSelect={({ id }) => onOpen(id)}
      {...(grouped ? { groupOf: ({ role }: Sut) => role, renderGroup: (role: string) => GROUPS[role] } : {})}
    />
  );
}

function NoMachine(): ReactElement {
  return (
    <EmptyState
      title="No machine yet"
      why="Add one with its addresses and what suites need to know of it. Runs without a machine need none. Nothing is changed on it."
      actions={
        <Button small href={addresses.newSut}>
          Add a machine
        </Button>
      }
    />
  );
}

function NoMatch({ total, onClear }: { readonly total: number; readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState
      title="No SUT matches these filters"
      why={`There are ${formatCount(total)} in all.`}
      actions={
        <Button small onClick={onClear}>
          Clear the filters
        </Button>
      }
    />
  );
}
