import { Checkbox } from '@mantine/core';
import { FileCode, Folder } from 'lucide-react';
import { useMemo, useState, type KeyboardEvent, type ReactElement } from 'react';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { Chip } from '../../../kit/Page.tsx';
import { VirtualTree } from '../../../kit/VirtualTree.tsx';
import { caseRows, suiteKey, type CaseRow } from '../model/case-rows.ts';
import { countIn, type CaseTree } from '../model/case-tree.ts';
import { picksOf, toggle, type Flags } from '../model/picks.ts';
import type { ChangeDraft } from '../use-draft.ts';

interface Props {
  readonly tree: CaseTree;
  readonly text: string;
  readonly flags: Flags;
  readonly chosenSums: readonly number[];
  readonly takenSums: readonly number[];
  readonly change: ChangeDraft;
}

/** A small tree is open from the start, of a large one only the root. */
const OPEN_ALL = 40;
const MOST_TAGS = 3;

export function CaseTreeView({ tree, text, flags, chosenSums, takenSums, change }: Props): ReactElement {
  const [open, setOpen] = useState(() => openAtFirst(tree));
  const [selected, setSelected] = useState<string | null>(null);
  const rows = useMemo(() => caseRows(tree, { open, text }), [tree, open, text]);
  const choose = (row: CaseRow): void => change({ picks: picksOf(tree, toggle(flags, row)) });
  const onToggle = (row: CaseRow, wanted: boolean): void => {
    const next = new Set(open);
    if (wanted) next.add(row.key);
    else next.delete(row.key);
    setOpen(next);
  };
  // The tree itself has the focus, so its rows' boxes are reached by Space on the row.
  const onSpace = (event: KeyboardEvent): void => {
    const row = rows.find(({ key }) => key === selected);
    if (event.key !== ' ' || row === undefined || !(event.target instanceof HTMLElement) || event.target.role !== 'tree') return;
    event.preventDefault();
    choose(row);
  };
  return (
    <div className="column grow" onKeyDown={onSpace}>
      <VirtualTree
        label="Suites and cases"
        nodes={rows}
        selected={selected}
        onSelect={({ key }) => setSelected(key)}
        onToggle={onToggle}
        onOpen={(row) => (row.open === null ? choose(row) : onToggle(row, !row.open))}
        render={(row) => <Row row={row} chosen={countIn(chosenSums, row)} taken={countIn(takenSums, row)} onChoose={() => choose(row)} />}
      />
      {rows.length === 0 ? <p className="dim inset">Nothing is named like “{text}”.</p> : null}
    </div>
  );
}

interface RowProps {
  readonly row: CaseRow;
  readonly chosen: number;
  readonly taken: number;
  readonly onChoose: () => void;
}

function Row({ row, chosen, taken, onChoose }: RowProps): ReactElement {
  const all = row.to - row.from;
  const isCase = row.kind === 'case';
  return (
    <>
      <span className="case-box" onClick={(event) => event.stopPropagation()} onDoubleClick={(event) => event.stopPropagation()}>
        <Checkbox
          tabIndex={-1}
          aria-label={row.name}
          checked={all > 0 && chosen === all}
          indeterminate={chosen > 0 && chosen < all}
          onChange={onChoose}
        />
      </span>
      {row.kind === 'directory' ? <Folder aria-hidden /> : row.kind === 'file' ? <FileCode aria-hidden /> : null}
      <span className={`name${taken === 0 ? ' dim' : isCase ? '' : ' strong'}`} title={row.name}>
        {row.name}
      </span>
      {isCase ? (
        <span className="row tight case-tags">
          {row.tags.slice(0, MOST_TAGS).map((tag) => (
            <Chip key={tag} tag>
              {tag}
            </Chip>
          ))}
          {row.tags.length > MOST_TAGS ? <span title={row.tags.join(', ')}>+{row.tags.length - MOST_TAGS}</span> : null}
        </span>
      ) : (
        <span className="duration">{taken === all ? formatCount(all) : `${formatCount(taken)} of ${formatCount(all)}`}</span>
      )}
    </>
  );
}

function openAtFirst({ root, cases }: CaseTree): ReadonlySet<string> {
  const keys = new Set([suiteKey(root.longName)]);
  const visit = (suite: CaseTree['root']): void => {
    keys.add(suiteKey(suite.longName));
    suite.suites.forEach(visit);
  };
  if (cases.length <= OPEN_ALL) visit(root);
  return keys;
}
