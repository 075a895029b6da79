import { FlaskConical, SquareFunction } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { addresses } from '../../kit/addresses.ts';
import { EmptyState } from '../../kit/States.tsx';
import type { OutlineEntry } from './model/outline.ts';

interface Props {
  readonly id: string;
  readonly path: string;
  readonly outline: readonly OutlineEntry[];
}

export function OutlinePane({ id, path, outline }: Props): ReactElement {
  if (outline.length === 0) return <EmptyState title="No outline" why="This file has no test cases and no keywords." />;
  return (
    <ul className="editor-files" aria-label="Outline">
      {outline.map(({ kind, name, line }) => (
        <li key={line}>
          <Link href={addresses.editFile(id, path, line)} title={name}>
            {kind === 'case' ? (
              <FlaskConical className="small" aria-label="Case" />
            ) : (
              <SquareFunction className="small" aria-label="Keyword" />
            )}
            <span className="ellipsis grow">{name}</span>
            <span className="dim small figures">{line}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
