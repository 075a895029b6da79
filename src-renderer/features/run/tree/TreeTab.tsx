import { useCallback, useMemo, type ReactElement } from 'react';
import type { Run } from '../../../../src-shared/model/run.ts';
import { Segments } from '../../../kit/Segments.tsx';
import { EmptyState, LoadingShape } from '../../../kit/States.tsx';
import { VirtualTree } from '../../../kit/VirtualTree.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import type { TreeFilter, TreeRow } from '../model/record-tree.ts';
import type { RecordView } from '../model/record-view.ts';
import { usePlace } from '../use-place.ts';
import { useVersion } from '../use-record.ts';
import { useRevealed } from '../use-revealed.ts';
import { FindField, FindResults } from './Find.tsx';
import { ItemDetail } from './ItemDetail.tsx';
import { TreeLine } from './TreeLine.tsx';
import { useFind } from './use-find.ts';
import { useFailureSteps } from './use-failure-steps.ts';

interface Props {
  readonly run: Run;
  readonly view: RecordView;
}

export function TreeTab({ run, view }: Props): ReactElement {
  const ended = run.state === 'ended';
  const [place, go] = usePlace(ended);
  const version = useVersion(view);
  const find = useFind(run.id, place.find, version);
  const steps = useFailureSteps({ run, view, place, go });
  const chosen = useRevealed(view, place.item);
  const now = place.item === null && !ended && view.tree.follow ? view.tree.lastingRow() : null;
  const shown = now === null ? chosen : (view.tree.items.get(now) ?? null);
  const empty = view.known && view.tree.items.size === 0;
  return (
    <div className="tree-tab">
      <div className="tree-and-detail">
        <div className="tree-side">
          {empty ? null : (
            <div className="tree-tools">
              <FindField run={run} text={place.find} onChange={(text) => go({ find: text })} />
              <Segments label="Which rows" value={place.filter} segments={segments(run)} onChange={(filter) => go({ filter })} />
            </div>
          )}
          {place.find === '' ? (
            <Rows run={run} view={view} version={version} filter={place.filter} selected={place.item} onSelect={(item) => go({ item })} />
          ) : (
            <FindResults
              find={find}
              maxItem={view.maxItem}
              selected={place.item}
              onSelect={(item) => go({ item })}
              onShow={(item) => go({ item, find: '' })}
            />
          )}
        </div>
        {empty ? null : (
          <ItemDetail
            run={run}
            item={shown}
            now={now !== null}
            version={ended ? 0 : version}
            steps={steps}
            onTimeline={() => go({ tab: 'timeline', item: shown?.id ?? null })}
          />
        )}
      </div>
    </div>
  );
}

function segments(run: Run): { value: TreeFilter; label: ReactElement; name?: string }[] {
  const failed = run.counts.failed;
  return [
    { value: 'all', label: <>All</> },
    {
      value: 'failed',
      name: `Failed ${failed}`,
      label: (
        <>
          <VerdictIcon mark="failed" decorative /> Failed {failed}
        </>
      ),
    },
    ...(run.state === 'ended'
      ? []
      : [
          {
            value: 'running' as const,
            label: (
              <>
                <VerdictIcon mark="running" decorative /> Running
              </>
            ),
          },
        ]),
  ];
}

interface RowsProps extends Props {
  readonly version: number;
  readonly filter: TreeFilter;
  readonly selected: number | null;
  readonly onSelect: (item: number) => void;
}

function Rows({ run, view, version, filter, selected, onSelect }: RowsProps): ReactElement {
  // The version stands for the content of the tree, which changes in place.
  const rows = useMemo(() => (version >= 0 ? view.tree.rows(filter) : []), [view, version, filter]);
  const reveal = view.tree.follow && run.state !== 'ended' ? view.tree.followedRow() : selected;
  const render = useCallback((row: TreeRow) => <TreeLine row={row} onVisible={() => void view.loadMore(row.parent)} />, [view]);
  if (!view.known) return <LoadingShape rows={12} />;
  if (rows.length === 0) return <NoRows run={run} filter={filter} />;
  return (
    <VirtualTree
      label="Suites, tests and keywords"
      nodes={rows}
      selected={selected === null ? null : String(selected)}
      reveal={reveal === null ? null : String(reveal)}
      onSelect={(row) => {
        if (row.item === null) void view.loadMore(row.parent);
        else onSelect(row.item.id);
      }}
      onToggle={(row, open) => row.item !== null && view.setOpen(row.item.id, open)}
      onUserScroll={() => view.setFollow(false)}
      render={render}
    />
  );
}

function NoRows({ run, filter }: { readonly run: Run; readonly filter: TreeFilter }): ReactElement {
  const why =
    filter === 'failed'
      ? 'Nothing has failed.'
      : filter === 'running'
        ? 'Nothing runs at this moment.'
        : run.state === 'ended'
          ? 'Robot Framework began no suite in this run.'
          : 'The first suite appears here as soon as Robot Framework begins it.';
  return (
    <div className="page-body">
      <EmptyState title={filter !== 'all' ? 'No such row' : run.state === 'ended' ? 'No suite ran' : 'No suite yet'} why={why} />
    </div>
  );
}
