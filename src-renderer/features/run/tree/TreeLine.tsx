import { FileText, Folder } from 'lucide-react';
import { memo, useEffect, type ReactElement } from 'react';
import type { ItemKind, RecordItem } from '../../../../src-shared/model/record.ts';
import { formatAmount, formatElapsed } from '../../../../src-shared/text/quantities.ts';
import { markOfItem } from '../../../kit/marks.ts';
import { Duration } from '../../../kit/Times.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import type { TreeRow } from '../model/record-tree.ts';

/** Kinds that say in a small box what the row is. Suites, tests and plain keywords need none, and `IF/ELSE` or `BREAK` are names enough. */
const KIND_WORDS: Readonly<Partial<Record<ItemKind, string>>> = {
  setup: 'setup',
  teardown: 'teardown',
  for: 'for',
  iteration: 'iteration',
  while: 'while',
  whileIteration: 'iteration',
  var: 'var',
  error: 'error',
  group: 'group',
};
/** `FOR`, `WHILE` and the like begin the name of what they are: the box before it says so already. */
const SAID_TWICE = /^(?:FOR|WHILE|VAR|ERROR|GROUP) {4}/u;

interface Props {
  readonly row: TreeRow;
  /** The row that stands for the rest came into view. */
  readonly onVisible: () => void;
}

export function TreeLine({ row, onVisible }: Props): ReactElement {
  return row.item === null ? <Rest onVisible={onVisible} /> : <Item item={row.item} failed={row.failed} skipped={row.skipped} />;
}

function Rest({ onVisible }: { readonly onVisible: () => void }): ReactElement {
  useEffect(onVisible, [onVisible]);
  return <span className="name dim">More…</span>;
}

interface ItemProps {
  readonly item: RecordItem;
  readonly failed: number;
  readonly skipped: number;
}

/** Rows are made anew at each change of the tree, their items only when they changed themselves. */
const Item = memo(function Item({ item, failed, skipped }: ItemProps): ReactElement {
  const structural = item.kind === 'suite' || item.kind === 'test';
  const kind = KIND_WORDS[item.kind];
  return (
    <>
      <VerdictIcon mark={markOfItem(item.status, failed > 0)} />
      {item.kind === 'suite' ? item.source !== null && /\.\w+$/u.test(item.source) ? <FileText /> : <Folder /> : null}
      {kind === undefined ? null : <span className="kind">{kind}</span>}
      <span className={`name${structural ? ' strong' : ''}`} title={item.name}>
        {item.assign === null ? '' : `${item.assign} = `}
        {kind === undefined ? item.name : item.name.replace(SAID_TWICE, '')}
      </span>
      <span className="arguments">{item.kind === 'suite' ? suiteText(item, failed, skipped) : item.args.join('    ')}</span>
      <span className="duration">
        {item.elapsed === null ? <Duration from={item.startedAt} to={null} /> : formatElapsed(item.elapsed / 1000)}
      </span>
    </>
  );
});

function suiteText({ tests }: RecordItem, failed: number, skipped: number): string {
  if (tests === null || tests === 0) return '';
  return [formatAmount(tests, 'test'), failed > 0 ? `${failed} failed` : '', skipped > 0 ? `${skipped} skipped` : '']
    .filter(Boolean)
    .join(', ');
}
