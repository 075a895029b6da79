import type { ReactElement } from 'react';
import { Button } from '../../../kit/Button.tsx';
import { SearchField } from '../../../kit/SearchField.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { useHotkeys } from '../../../kit/use-hotkeys.ts';
import { VirtualTree } from '../../../kit/VirtualTree.tsx';
import type { Revision } from '../RevisionView.tsx';
import { usePlace } from '../use-place.ts';
import { PaneHead } from './PaneHead.tsx';
import { RunBar } from './RunBar.tsx';
import { SuiteLine } from './SuiteLine.tsx';
import { TagChips } from './TagChips.tsx';
import { useTree, type TreeState } from './use-tree.ts';
import { whyNothing } from './why-nothing.ts';

/** Everything in a revision, with ticks; what is ticked can be run. */
export function SuitesPane({ of }: { readonly of: Revision }): ReactElement {
  const [place, go] = usePlace();
  const tree = useTree(of.tree, of.testData.id, place);
  const { data, problem, again } = of.discovery;
  return (
    <section className="pane suites-pane" aria-label="Suites and cases">
      <PaneHead of={of} />
      <div className="suites-tools">
        <SearchField slash width="100%" value={place.find} onChange={(find) => go({ find })} placeholder="Cases, tags, documentation" />
        {data === null ? null : <TagChips tags={data.tags} chosen={place.tags} onChange={(tags) => go({ tags })} />}
      </div>
      {problem === null ? null : (
        <div className="pane-note">
          <ErrorState problem={problem} onRetry={again} />
        </div>
      )}
      <Rows of={of} tree={tree} />
      <RunBar of={of} tree={tree} />
    </section>
  );
}

function Rows({ of, tree }: { readonly of: Revision; readonly tree: TreeState }): ReactElement {
  const [place, go] = usePlace();
  const selected = of.tree.byKey.get(place.at ?? '');
  useHotkeys([{ keys: 'x', label: 'Tick or untick the selected', run: () => selected !== undefined && tree.toggle(selected) }]);
  const { loading, data, problem } = of.discovery;
  if (data === null && problem === null && loading) {
    return (
      <div className="grow suites-wait">
        <LoadingShape rows={10} what="Looking for suites and cases" />
      </div>
    );
  }
  if (tree.rows.length === 0) {
    return (
      <div className="grow nothing">
        <EmptyState
          title="Nothing matches"
          why={whyNothing(place.find, place.tags)}
          actions={
            <Button small onClick={() => go({ find: '', tags: [] })}>
              Clear the filter
            </Button>
          }
        />
      </div>
    );
  }
  return (
    <VirtualTree
      label="Suites and cases"
      nodes={tree.rows}
      selected={place.at}
      reveal={place.at}
      onSelect={({ key }) => go({ at: key, line: null })}
      onToggle={tree.setOpen}
      render={(row) => <SuiteLine row={row} of={of} tree={tree} />}
    />
  );
}
