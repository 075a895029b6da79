import type { ReactElement } from 'react';
import type { Sut } from '../../../src-shared/model/sut.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { DenseTable, type Column } from '../../kit/DenseTable.tsx';
import { EmptyState, LoadingShape } from '../../kit/States.tsx';
import { Holder } from './Holder.tsx';
import { InUse } from './InUse.tsx';
import { HealthCell, PowerCell, SeenCell, TemperatureCell } from './cells/MachineCells.tsx';
import { toggleSutMark, useSutMarks } from './marks.ts';
import { whyHealth } from './model/machine.ts';
import { addressOf, type Grouped } from './model/view.ts';

const COLUMNS: readonly Column<Sut>[] = [
  { id: 'mark', title: '', width: '28px', render: ({ id, name }) => <Mark id={id} name={name} /> },
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(100px, 1fr)',
    render: ({ name }) => <span className="strong">{name}</span>,
    hint: (sut) => [sut.name, addressOf(sut), ...sut.tags].filter((part) => part !== '').join(', '),
  },
  { id: 'power', title: 'Power', width: '76px', render: (sut) => <PowerCell sut={sut} /> },
  {
    id: 'health',
    title: 'Health',
    width: '112px',
    render: (sut) => <HealthCell sut={sut} />,
    hint: (sut) => whyHealth(sut) ?? undefined,
  },
  {
    id: 'held',
    title: 'Held by',
    width: 'minmax(150px, 1.4fr)',
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
    id: 'way',
    title: 'BMC',
    width: '76px',
    render: ({ observed, endpoints }) => <span className="dim">{observed.provider ?? endpoints[0]?.provider ?? ''}</span>,
  },
  {
    id: 'temperature',
    title: '°C',
    width: '64px',
    align: 'right',
    render: (sut) => <TemperatureCell sut={sut} />,
    hint: ({ observed }) => observed.temperature?.name,
  },
  { id: 'seen', title: 'Seen', width: '58px', align: 'right', render: (sut) => <SeenCell sut={sut} /> },
];

function Mark({ id, name }: { readonly id: string; readonly name: string }): ReactElement {
  const marked = useSutMarks((state) => state.ids.has(id));
  return (
    <input
      type="checkbox"
      tabIndex={-1}
      aria-label={`Select ${name}`}
      checked={marked}
      onClick={(event) => event.stopPropagation()}
      onChange={() => toggleSutMark(id)}
    />
  );
}

interface Props {
  readonly shown: Grouped;
  readonly total: number;
  readonly known: boolean;
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
  readonly onClear: () => void;
}

export function SutTable({ shown: { rows, groupOf }, total, known, selected, onOpen, onClear }: Props): ReactElement {
  if (!known) return <LoadingShape rows={10} />;
  if (rows.length === 0)
    return <div className="page-body">{total === 0 ? <NoMachine /> : <NoMatch total={total} onClear={onClear} />}</div>;
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
      onMark={({ id }) => toggleSutMark(id)}
      {...(groupOf === null
        ? {}
        : {
            groupOf: ({ id }: Sut) => groupOf.get(id) ?? '',
            renderGroup: (name: string) => <GroupHead name={name} count={countIn(groupOf, name)} />,
          })}
    />
  );
}

function countIn(groupOf: ReadonlyMap<string, string>, name: string): number {
  return [...groupOf.values()].filter((group) => group === name).length;
}

function GroupHead({ name, count }: { readonly name: string; readonly count: number }): ReactElement {
  return (
    <>
      {name} <span className="dim small figures">{formatCount(count)}</span>
    </>
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
