import { Equal, Pencil, Plus, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { SutFileRow } from '../../../../src-shared/contract/harness/sut-files.ts';
import { formatCount } from '../../../../src-shared/text/quantities.ts';

type Outcome = SutFileRow['outcome'];

const ICONS: Readonly<Record<Outcome, ReactElement>> = {
  wrong: <TriangleAlert className="mark-failed" aria-label="wrong" />,
  new: <Plus aria-label="new" />,
  changed: <Pencil aria-label="changed" />,
  same: <Equal className="dim" aria-label="as it is" />,
};
/** What needs a person stands first. */
const ORDER: readonly Outcome[] = ['wrong', 'new', 'changed', 'same'];
const BEFORE: Readonly<Record<Outcome, string>> = { wrong: 'not taken', new: 'new', changed: 'changed', same: 'as they are' };
const AFTER: Readonly<Record<Outcome, string>> = { wrong: 'not taken', new: 'added', changed: 'changed', same: 'as they were' };

/** Each machine of a file with what becomes, or became, of it. */
export function FileRows({ rows, done }: { readonly rows: readonly SutFileRow[]; readonly done: boolean }): ReactElement {
  const words = done ? AFTER : BEFORE;
  const count = (wanted: Outcome): number => rows.filter(({ outcome }) => outcome === wanted).length;
  const counts = ORDER.filter((outcome) => count(outcome) > 0).map((outcome) => `${formatCount(count(outcome))} ${words[outcome]}`);
  return (
    <>
      <p className="small strong file-counts" role="status">
        {counts.length === 0 ? 'The file holds no machine.' : counts.join(', ')}
      </p>
      <ul className="found-list" aria-label="Machines of the file">
        {rows
          .toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome) || a.line - b.line)
          .map(({ line, name, outcome, changes, problems }) => (
            <li key={line} className="file-row">
              {ICONS[outcome]}
              <span className="strong ellipsis">{name === '' ? 'no name' : name}</span>
              <span className={`small grow ${outcome === 'wrong' ? 'mark-failed' : 'mid'}`}>
                {outcome === 'wrong' ? problems.join(' ') : outcome === 'changed' ? changes.join(', ') : words[outcome]}
              </span>
              <span className="dim tiny figures nowrap">line {line}</span>
            </li>
          ))}
      </ul>
    </>
  );
}
