import { Checkbox } from '@mantine/core';
import { File, FileCode, Folder } from 'lucide-react';
import type { ReactElement } from 'react';
import { formatAmount, formatCount } from '../../../../src-shared/text/quantities.ts';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import type { TreeRow } from '../model/filter.ts';
import type { Item } from '../model/suite-tree.ts';
import type { Revision } from '../RevisionView.tsx';
import type { CaseCounts, TreeState } from './use-tree.ts';

interface Props {
  readonly row: TreeRow;
  readonly of: Revision;
  readonly tree: TreeState;
}

export function SuiteLine({ row: { item }, of, tree }: Props): ReactElement {
  const counts = tree.countsOf(item);
  const anyChosen = tree.countsOf(of.tree.root).chosen > 0;
  const problems = of.problems.get(item.kind === 'case' ? '' : item.path) ?? 0;
  return (
    <>
      {counts.all === 0 ? null : <Tick item={item} counts={counts} onToggle={() => tree.toggle(item)} />}
      <Icon item={item} problems={problems} />
      <span className={`name${item.kind === 'folder' ? ' strong' : ''}`} title={hintOf(item)}>
        {item.name}
      </span>
      <span className={`duration${problems > 0 && item.kind === 'file' ? ' mark-error' : ''}`}>
        {countText(item, counts, { problems, anyChosen })}
      </span>
    </>
  );
}

interface TickProps {
  readonly item: Item;
  readonly counts: CaseCounts;
  readonly onToggle: () => void;
}

function Tick({ item, counts: { all, chosen }, onToggle }: TickProps): ReactElement {
  return (
    <Checkbox
      className="tick"
      size="14px"
      tabIndex={-1}
      aria-label={`Select ${item.name}`}
      checked={chosen === all}
      indeterminate={chosen > 0 && chosen < all}
      onChange={onToggle}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}

function Icon({ item, problems }: { readonly item: Item; readonly problems: number }): ReactElement | null {
  if (problems > 0 && item.kind !== 'folder') return <VerdictIcon mark="error" decorative />;
  if (item.kind === 'case') return null;
  if (item.kind === 'folder') return <Folder aria-hidden />;
  return item.kind === 'suite' ? <FileCode aria-hidden /> : <File aria-hidden />;
}

function hintOf(item: Item): string {
  if (item.kind === 'case') return [item.name, item.tags.join('  '), item.doc].filter((part) => part !== '').join('\n');
  if (item.kind === 'file') return item.path;
  return [item.longName ?? item.path, item.doc].filter((part) => part !== '').join('\n');
}

/** `82 of 214`: so many are ticked, or, as long as none is, left by the filter; else how many there are. */
function countText(
  item: Item,
  { all, chosen, shown }: CaseCounts,
  { problems, anyChosen }: { problems: number; anyChosen: boolean },
): string {
  if (item.kind === 'case') return '';
  if (item.kind === 'file') return problems > 0 ? formatCount(problems) : '';
  if (all === 0) return item.files > 0 ? formatAmount(item.files, 'file') : '';
  const some = anyChosen ? chosen : shown;
  return some > 0 && some < all ? `${formatCount(some)} of ${formatCount(all)}` : formatCount(all);
}
