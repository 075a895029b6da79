import { FileArchive, Folder, GitBranch, Package } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { LibrarySource, TestLibrary } from '../../../../src-shared/model/library.ts';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { addresses } from '../../../kit/addresses.ts';
import type { Column } from '../../../kit/DenseTable.tsx';
import { PlainTable } from '../../../kit/PlainTable.tsx';
import { When } from '../../../kit/Times.tsx';

export const WHICH = ['all', 'index', 'own'] as const;
export type Which = (typeof WHICH)[number];

export function isOf(which: Which, { versions }: TestLibrary): boolean {
  return which === 'all' || (versions[0]?.source === 'requirement') === (which === 'index');
}

const ICONS: Readonly<Record<LibrarySource, typeof Package>> = {
  requirement: Package,
  wheel: FileArchive,
  sdist: FileArchive,
  git: GitBranch,
  folder: Folder,
};
export const SOURCE_WORDS: Readonly<Record<LibrarySource, string>> = {
  requirement: 'index',
  wheel: 'wheel',
  sdist: 'source distribution',
  git: 'git',
  folder: 'folder',
};

const COLUMNS: readonly Column<TestLibrary>[] = [
  { id: 'kind', title: '', width: '34px', render: ({ versions }) => <SourceIcon source={versions[0]?.source ?? 'wheel'} /> },
  {
    id: 'name',
    title: 'Library',
    width: 'minmax(150px, 1fr)',
    render: ({ name }) => <span className="strong">{name}</span>,
    hint: ({ name, description }) => [name, description].filter((part) => part !== '').join('\n'),
  },
  {
    id: 'version',
    title: 'Version',
    width: '108px',
    render: ({ versions }) => versions[0]?.version ?? '',
    hint: ({ versions }) => versions[0]?.version,
  },
  {
    id: 'source',
    title: 'Source',
    width: '132px',
    render: ({ versions: [newest] }) => <span className="dim">{newest === undefined ? '' : SOURCE_WORDS[newest.source]}</span>,
    hint: ({ versions }) => versions[0]?.origin,
  },
  {
    id: 'imports',
    title: 'Imported as',
    width: 'minmax(110px, 0.8fr)',
    render: ({ importNames }) =>
      importNames.length === 0 ? <span className="dim">known once built</span> : <span className="mono dim">{importNames.join(', ')}</span>,
    hint: ({ importNames }) => importNames.join(', '),
  },
  {
    id: 'used',
    title: 'Used by',
    width: 'minmax(90px, 0.6fr)',
    render: ({ usedBy }) => <UsedBy of={usedBy} />,
    hint: ({ usedBy }) => usedBy.map(({ name }) => name).join(', '),
  },
  {
    id: 'added',
    title: 'Added',
    width: '92px',
    render: ({ versions }) => (versions[0] === undefined ? null : <When at={versions[0].addedAt} />),
  },
];

interface Props {
  readonly rows: readonly TestLibrary[];
  readonly opened: string | null;
}

export function LibraryTable({ rows, opened }: Props): ReactElement {
  const [, go] = useLocation();
  return (
    <PlainTable
      label="Libraries"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ id }) => id}
      opened={opened}
      onOpen={({ id }) => go(addresses.library(id))}
    />
  );
}

function SourceIcon({ source }: { readonly source: LibrarySource }): ReactElement {
  const Icon = ICONS[source];
  return <Icon className="small dim" aria-label={SOURCE_WORDS[source]} />;
}

function UsedBy({ of }: { readonly of: TestLibrary['usedBy'] }): ReactElement {
  const [only] = of;
  if (only === undefined) return <span className="dim">nothing</span>;
  return <span className="mid">{of.length === 1 ? only.name : `${formatCount(of.length)} plans and data`}</span>;
}
