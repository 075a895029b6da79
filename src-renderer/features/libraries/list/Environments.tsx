import { Box, Check } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { Environment } from '../../../../src-shared/model/library.ts';
import { formatBytes, formatCount } from '../../../../src-shared/text/quantities.ts';
import { addresses } from '../../../kit/addresses.ts';
import type { Column } from '../../../kit/DenseTable.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { PlainTable } from '../../../kit/PlainTable.tsx';
import { LoadingShape } from '../../../kit/States.tsx';
import { When } from '../../../kit/Times.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import { CleanControl } from './CleanControl.tsx';

const COLUMNS: readonly Column<Environment>[] = [
  { id: 'icon', title: '', width: '34px', render: () => <Box className="small dim" aria-hidden /> },
  {
    id: 'lock',
    title: 'Lock',
    width: '92px',
    render: ({ lockHash }) => <span className="mono">{lockHash.slice(0, 8)}</span>,
    hint: ({ lockHash }) => lockHash,
  },
  { id: 'robot', title: 'Robot', width: '72px', render: ({ robotVersion }) => robotVersion },
  { id: 'python', title: 'Python', width: '72px', render: ({ pythonVersion }) => <span className="dim">{pythonVersion}</span> },
  { id: 'pieces', title: 'Pieces', width: '60px', align: 'right', render: ({ packages }) => formatCount(packages.length) },
  {
    id: 'size',
    title: 'Size',
    width: '76px',
    align: 'right',
    render: ({ size }) => <span className="dim">{size === null ? '' : formatBytes(size)}</span>,
  },
  {
    id: 'usedBy',
    title: 'Used by',
    width: 'minmax(100px, 1fr)',
    render: ({ usedBy }) => <span className="dim">{usedBy.length === 0 ? 'nothing now' : usedBy.map(({ name }) => name).join(', ')}</span>,
    hint: ({ usedBy }) => usedBy.map(({ name }) => name).join(', '),
  },
  {
    id: 'used',
    title: 'Used',
    width: '92px',
    render: ({ lastUsedAt }) => (lastUsedAt === null ? <span className="dim">never</span> : <When at={lastUsedAt} />),
  },
  {
    id: 'state',
    title: 'State',
    width: 'minmax(120px, 0.8fr)',
    render: (environment) => <EnvironmentStanding of={environment} />,
    hint: ({ note }) => note ?? undefined,
  },
];

interface Props {
  readonly known: boolean;
  readonly list: readonly Environment[];
  readonly opened: string | null;
}

/** One for each lock, read-only, shared by runs; what nobody uses can be cleaned. */
export function Environments({ known, list, opened }: Props): ReactElement {
  const [, go] = useLocation();
  const size = list.reduce((sum, each) => sum + (each.size ?? 0), 0);
  return (
    <section aria-label="Environments">
      <SectionHead
        title="Environments"
        count={`${formatCount(list.length)}${size === 0 ? '' : `, ${formatBytes(size)}`}`}
        about="one for each lock, read-only, shared by runs"
        actions={<CleanControl key={list.map(({ lockHash, state, usedBy }) => lockHash.slice(0, 8) + state + usedBy.length).join()} />}
      />
      {known ? (
        list.length === 0 ? (
          <p className="dim small environments-none">None yet. The first run with libraries makes one.</p>
        ) : (
          <PlainTable
            label="Environments"
            columns={COLUMNS}
            rows={list}
            opened={opened}
            keyOf={({ lockHash }) => lockHash}
            onOpen={({ lockHash }) => go(addresses.environment(lockHash))}
          />
        )
      ) : (
        <LoadingShape rows={2} />
      )}
    </section>
  );
}

export function EnvironmentStanding({ of: { state, note } }: { readonly of: Environment }): ReactElement {
  if (state === 'ready')
    return (
      <>
        <Check className="small dim" aria-hidden /> Ready
      </>
    );
  if (state === 'removed') return <span className="dim">Not built</span>;
  const building = state === 'building';
  return (
    <span className={building ? 'mark-running' : 'mark-error'}>
      <VerdictIcon mark={building ? 'running' : 'error'} decorative /> {building ? (note ?? 'Building') : 'Damaged'}
    </span>
  );
}
