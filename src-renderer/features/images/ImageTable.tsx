import { Disc3, File, HardDrive, Package, Pin } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { Image, ImageKind } from '../../../src-shared/model/image.ts';
import { formatAmount, formatBytes } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import type { Column } from '../../kit/DenseTable.tsx';
import { PlainTable } from '../../kit/PlainTable.tsx';
import { When } from '../../kit/Times.tsx';

export const WHICH = ['all', 'pinned', 'unused'] as const;
export type Which = (typeof WHICH)[number];

export function isOf(which: Which, { pinned, usedBy }: Image): boolean {
  return which === 'all' || (which === 'pinned' ? pinned : usedBy.length === 0);
}

const KINDS: Readonly<Record<ImageKind, { readonly icon: typeof Disc3; readonly word: string }>> = {
  iso: { icon: Disc3, word: 'optical disc' },
  disk: { icon: HardDrive, word: 'disk' },
  boot: { icon: Package, word: 'kernel and RAM disk' },
  other: { icon: File, word: 'unknown kind' },
};

/** `BIOS, UEFI`; empty where it starts nothing. */
export function bootWords({ description: { bootsBy } }: Image): string {
  return bootsBy.map((firmware) => firmware.toUpperCase()).join(', ');
}

const COLUMNS: readonly Column<Image>[] = [
  { id: 'kind', title: '', width: '34px', render: ({ kind }) => <KindIcon kind={kind} /> },
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(120px, 1fr)',
    render: ({ name }) => <span className="strong">{name}</span>,
    hint: ({ name }) => name,
  },
  { id: 'revision', title: 'Revision', width: 'minmax(64px, 0.6fr)', render: ({ revision }) => revision, hint: ({ revision }) => revision },
  {
    id: 'category',
    title: 'Category',
    width: 'minmax(64px, 0.6fr)',
    render: ({ category }) => <span className="dim">{category}</span>,
    hint: ({ category }) => category,
  },
  { id: 'boots', title: 'Boots by', width: '88px', render: bootWords },
  { id: 'size', title: 'Size', width: '72px', align: 'right', render: ({ size }) => <span className="strong">{formatBytes(size)}</span> },
  {
    id: 'sha256',
    title: 'sha256',
    width: '80px',
    render: ({ sha256 }) => <span className="mono dim">{sha256.slice(0, 8)}</span>,
    hint: ({ sha256 }) => sha256,
  },
  {
    id: 'used',
    title: 'Used by',
    width: 'minmax(80px, 0.8fr)',
    render: (image) => <UsedBy image={image} />,
    hint: ({ usedBy }) => usedBy.map(({ name }) => name).join(', '),
  },
  { id: 'usedAt', title: 'Used', width: '72px', align: 'right', render: ({ usedAt }) => (usedAt === null ? null : <When at={usedAt} />) },
  { id: 'pin', title: '', width: '30px', render: ({ pinned }) => (pinned ? <Pin className="small dim" aria-label="pinned" /> : null) },
];

export function ImageTable({ rows, opened }: { readonly rows: readonly Image[]; readonly opened: string | null }): ReactElement {
  const [, go] = useLocation();
  return (
    <PlainTable
      label="Images"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ id }) => id}
      opened={opened}
      onOpen={({ id }) => go(addresses.image(id))}
    />
  );
}

function KindIcon({ kind }: { readonly kind: ImageKind }): ReactElement {
  const { icon: Icon, word } = KINDS[kind];
  return <Icon className="small dim" aria-label={word} />;
}

function UsedBy({ image: { usedBy } }: { readonly image: Image }): ReactElement {
  const [only] = usedBy;
  if (only === undefined) return <span className="dim">not used</span>;
  if (usedBy.length === 1) return <span className="mid">{only.name}</span>;
  const words = [
    ['plan', 'plan'],
    ['sut', 'SUT'],
    ['drive', 'drive'],
    ['reservation', 'reservation'],
    ['run', 'run'],
  ] as const;
  const parts = words.flatMap(([kind, word]) => {
    const count = usedBy.filter((user) => user.kind === kind).length;
    return count === 0 ? [] : [formatAmount(count, word)];
  });
  return <span className="mid">{parts.join(', ')}</span>;
}
