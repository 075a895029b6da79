import { FileText, Folder } from 'lucide-react';
import { memo, useEffect, type ReactElement } from 'react';
import type { ItemKind, RecordItem } from '../../../../src-shared/model/record.ts';
import { formatAmount, formatElapsed } from '../../../../src-shared/text/quantities.ts';
import { markOfItem } from '../../../kit/marks.ts';
import { Duration } from '../../../kit/Times.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import type { TreeRow } from '../model/record-tree.ts';

/** Kinds that say in a small box what the row is; suites, tests and plain keywords need none. */
const KIND_WORDS: Readonly<Partial<Record<ItemKind, string>>> = {
  setup: 'setup',
  teardown: 'teardown',
  for: 'for',
  iteration: 'turn',
  if: 'if',
  ifBranch: 'branch',
  try: 'try',
  tryBranch: 'branch',
  while: 'while',
  whileIteration: 'turn',
  var: 'var',
  return: 'return',
  continue: 'continue',
  break: 'break',
  error: 'error',
  group: 'group',
};

interface Props {
  readonly row: TreeRow;
  /** The row that stands for the rest came into view. */
  readonly onVisible: () => void;
}

export function TreeLine({ row, onVisible }: Props): ReactElement {
  return row.item === null ? <Rest onVisible={onVisible} /> : <Item item={row.item} failedBelow={row.failedBelow} />;
}

function Rest({ onVisible }: { readonly onVisible: () => void }): ReactElement {
  useEffect(onVisible, [onVisible]);
  return <span className="name dim">More…</span>;
}

/** Rows are made anew at each change of the tree, their items only when they changed themselves. */
const Item = memo(function Item({ item, failedBelow }: { readonly item: RecordItem; readonly failedBelow: boolean }): ReactElement {
  const structural = item.kind === 'suite' || item.kind === 'test';
  const kind = KIND_WORDS[item.kind];
  return (
    <>
      <VerdictIcon mark={markOfItem(item.status, failedBelow)} />
      {item.kind === 'suite' ? item.source !== null && /\.\w+$/u.test(item.source) ? <FileText /> : <Folder /> : null}
      {kind === undefined ? null : <span className="kind">{kind}</span>}
      <span className={`name${structural ? ' strong' : ''}`} title={item.name}>
        {item.assign === null ? '' : `${item.assign} = `}
        {item.name === '' ? (kind ?? 'keyword') : item.name}
      </span>
      <span className="arguments">{item.kind === 'suite' ? suiteText(item) : item.args.join('    ')}</span>
      <span className="duration">
        {item.elapsed === null ? <Duration from={item.startedAt} to={null} /> : formatElapsed(item.elapsed / 1000)}
      </span>
    </>
  );
});

function suiteText({ tests }: RecordItem): string {
  return tests === null || tests === 0 ? '' : formatAmount(tests, 'test');
}
