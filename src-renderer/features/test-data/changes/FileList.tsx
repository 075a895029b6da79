import { ArrowRight, FileMinus, FilePen, FilePlus } from 'lucide-react';
import type { ReactElement } from 'react';
import type { FileDifference } from '../../../../src-shared/model/test-data-change.ts';
import { formatBytes } from '../../../../src-shared/text/quantities.ts';
import { DenseTable, type Column } from '../../../kit/DenseTable.tsx';

interface Props {
  readonly files: readonly FileDifference[];
  readonly chosen: string;
  readonly onChoose: (path: string) => void;
}

const SIGNS = { added: FilePlus, removed: FileMinus, changed: FilePen, renamed: ArrowRight } as const;

const COLUMNS: readonly Column<FileDifference>[] = [
  { id: 'kind', title: '', width: '34px', render: ({ kind }) => <Sign kind={kind} /> },
  {
    id: 'path',
    title: 'File',
    width: 'minmax(160px, 1fr)',
    render: ({ path, oldPath }) => (
      <span className="mono">
        {oldPath === null ? null : <span className="dim">{oldPath} → </span>}
        {path}
      </span>
    ),
    hint: ({ path }) => path,
  },
  { id: 'what', title: 'Change', width: '88px', render: ({ kind }) => <span className="dim">{kind}</span> },
  { id: 'before', title: 'Before', width: '80px', align: 'right', render: ({ oldSize }) => <Size bytes={oldSize} /> },
  { id: 'after', title: 'After', width: '80px', align: 'right', render: ({ newSize }) => <Size bytes={newSize} /> },
];

/** Which files differ; virtual, for a delivery may change thousands. */
export function FileList({ files, chosen, onChoose }: Props): ReactElement {
  return (
    <div className="changes-files" style={{ height: Math.min(files.length, 8) * 28 + 30 }}>
      <DenseTable
        label="Changed files"
        columns={COLUMNS}
        rows={files}
        keyOf={({ path }) => path}
        selected={chosen}
        onSelect={({ path }) => onChoose(path)}
      />
    </div>
  );
}

function Sign({ kind }: Pick<FileDifference, 'kind'>): ReactElement {
  const Icon = SIGNS[kind];
  return <Icon className="small dim" aria-label={kind} />;
}

function Size({ bytes }: { readonly bytes: number | null }): ReactElement {
  return <span className="dim">{bytes === null ? '' : formatBytes(bytes)}</span>;
}
