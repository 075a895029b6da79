import { Bot, MonitorCog } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { addresses } from '../../../kit/addresses.ts';
import type { Column } from '../../../kit/DenseTable.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { PlainTable } from '../../../kit/PlainTable.tsx';
import { PROVIDED, providedId, type Provided } from '../model/provided.ts';

const COLUMNS: readonly Column<Provided>[] = [
  {
    id: 'kind',
    title: '',
    width: '34px',
    render: ({ from }) =>
      from === 'the workbench' ? <MonitorCog className="small dim" aria-label={from} /> : <Bot className="small dim" aria-label={from} />,
  },
  { id: 'name', title: 'Library', width: '150px', render: ({ name }) => <span className="strong">{name}</span> },
  {
    id: 'about',
    title: 'About',
    width: 'minmax(160px, 1fr)',
    render: ({ about }) => <span className="dim">{about}</span>,
    hint: ({ about }) => about,
  },
  { id: 'from', title: 'Comes with', width: '132px', render: ({ from }) => <span className="dim">{from}</span> },
];

interface Props {
  readonly opened: string | null;
  /** In lower case; empty = all. */
  readonly find: string;
}

/** Nothing to add, nothing to remove: only to look up. */
export function ProvidedTable({ opened, find }: Props): ReactElement | null {
  const [, go] = useLocation();
  const rows = PROVIDED.filter(({ name, about }) => [name, about].some((text) => text.toLowerCase().includes(find)));
  if (rows.length === 0) return null;
  return (
    <section aria-label="In every run">
      <SectionHead title="In every run" count={formatCount(rows.length)} about="nothing to add or to attach" />
      <PlainTable
        label="In every run"
        columns={COLUMNS}
        rows={rows}
        keyOf={providedId}
        opened={opened}
        onOpen={(row) => go(addresses.library(providedId(row)))}
      />
    </section>
  );
}
