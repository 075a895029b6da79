import { Play } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { formatAmount, formatCount } from '../../../../src-shared/text/quantities.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { useVerbs } from '../../../kit/use-verbs.ts';
import type { Revision } from '../RevisionView.tsx';
import { choiceOf } from '../run-choice.ts';
import { usePlace } from '../use-place.ts';
import type { CaseCounts, TreeState } from './use-tree.ts';

interface Props {
  readonly of: Revision;
  readonly tree: TreeState;
}

/** How many are ticked or left by the filter, and the way to a run of them. */
export function RunBar({ of, tree }: Props): ReactElement {
  const [place, go] = usePlace();
  const [, open] = useLocation();
  const { root } = of.tree;
  const { all, chosen, shown } = tree.countsOf(root);
  const takes = chosen > 0 ? chosen : shown;
  const href = addresses.newRun(
    of.testData.id,
    choiceOf(of, { chosen: tree.chosen, tags: place.tags, find: place.find, showsCase: tree.showsCase }),
  );
  const verb = verbOf({ all, chosen, shown });
  useVerbs(
    of.testData.name,
    takes === 0 ? [] : [{ id: 'test-data.run', label: verb, keys: 'mod+enter', icon: <Play />, run: () => open(href) }],
  );
  return (
    <div className="run-bar">
      <div className="row">
        <span className="figures grow ellipsis">
          <b className="strong">{formatCount(takes)}</b>
          <span className="dim">{takes === all ? ` ${all === 1 ? 'case' : 'cases'}` : ` of ${formatCount(all)}`}</span>
        </span>
        {chosen > 0 ? (
          <Button variant="quiet" onClick={tree.clear}>
            Clear
          </Button>
        ) : tree.filtering && shown > 0 ? (
          <Button variant="quiet" onClick={() => tree.toggle(root)}>
            Select {formatCount(shown)}
          </Button>
        ) : null}
        <Button variant="primary" icon={<Play />} href={href} disabledReason={takes === 0 ? whyNone(all) : null}>
          {verb}
        </Button>
      </div>
      <button type="button" className="revision-line" onClick={() => go({ at: null, line: null })}>
        Revision <span className="mono">{of.revision.hash.slice(0, 7)}</span>
        <span className="grow" />
        {of.revision.hash === of.testData.newest.hash ? formatAmount(of.revisions.length, 'revision') : 'not the newest'}
      </button>
    </div>
  );
}

function verbOf({ all, chosen, shown }: CaseCounts): string {
  if (chosen > 0) return `Run ${formatAmount(chosen, 'case')}`;
  if (shown === 0) return 'Run';
  if (shown < all) return `Run ${formatCount(shown)} shown`;
  return all === 1 ? 'Run 1 case' : `Run all ${formatCount(all)}`;
}

function whyNone(all: number): string {
  return all === 0 ? 'There is no case in it' : 'No case is shown';
}
