import { useMemo, useState, type ReactElement } from 'react';
import type { Discovery } from '../../../../src-shared/model/test-data.ts';
import { formatAmount, formatCount } from '../../../../src-shared/text/quantities.ts';
import type { Call } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { SearchField } from '../../../kit/SearchField.tsx';
import { EmptyState, ErrorState, LoadingShape, Note } from '../../../kit/States.tsx';
import { sumsOf, type CaseTree } from '../model/case-tree.ts';
import type { Draft } from '../model/draft.ts';
import type { Flags } from '../model/picks.ts';
import type { ChangeDraft } from '../use-draft.ts';
import { CaseTreeView } from './CaseTreeView.tsx';
import { TagChips } from './TagChips.tsx';

interface Props {
  readonly testDataId: string;
  readonly discovery: Call<Discovery>;
  readonly tree: CaseTree | null;
  readonly draft: Draft;
  readonly change: ChangeDraft;
  readonly flags: Flags;
  readonly taken: Flags;
}

/** Which cases: the tree says where, tags say which of them. */
export function CasesPane(props: Props): ReactElement {
  const { discovery, tree, draft, change, flags, taken } = props;
  const [text, setText] = useState('');
  const chosenSums = useMemo(() => sumsOf(flags), [flags]);
  const takenSums = useMemo(() => sumsOf(taken), [taken]);
  const everything = draft.picks === null && draft.include.length === 0 && draft.exclude.length === 0;
  return (
    <section className="pane grow cases-pane" aria-label="Cases">
      <SectionHead
        title="Cases"
        count={tree === null ? undefined : <Count taken={takenSums.at(-1) ?? 0} all={tree.cases.length} />}
        actions={
          everything ? null : (
            <Button small variant="quiet" onClick={() => change({ picks: null, include: [], exclude: [] })}>
              Take all
            </Button>
          )
        }
      />
      <div className="cases-tools">
        <SearchField slash placeholder="Cases, suites, tags" value={text} onChange={setText} width="100%" />
        <TagChips tags={discovery.data?.tags ?? []} draft={draft} change={change} />
      </div>
      {discovery.problem === null ? null : (
        <div className="inset">
          <ErrorState problem={discovery.problem} onRetry={discovery.again} />
          <p className="dim small">Without the tree a run takes everything, or what the tags say.</p>
        </div>
      )}
      {tree === null && discovery.problem === null ? <LoadingShape rows={9} what="Reading the suites" /> : null}
      {tree !== null && tree.cases.length === 0 ? (
        <div className="inset">
          <EmptyState
            title="There is no case in this revision"
            why="Robot Framework found no test in its files."
            actions={
              <Button small href={addresses.oneTestData(props.testDataId)}>
                Open the test data
              </Button>
            }
          />
        </div>
      ) : null}
      {tree !== null && tree.cases.length > 0 ? (
        <CaseTreeView tree={tree} text={text} flags={flags} chosenSums={chosenSums} takenSums={takenSums} change={change} />
      ) : null}
      {discovery.data !== null && discovery.data.errors.length > 0 ? (
        <div className="inset cases-errors">
          <Note
            tone="warn"
            actions={
              <Button small href={addresses.oneTestData(props.testDataId)}>
                Show
              </Button>
            }
          >
            {formatAmount(discovery.data.errors.length, 'problem')} in the files: what cannot be read does not run.
          </Note>
        </div>
      ) : null}
    </section>
  );
}

function Count({ taken, all }: { readonly taken: number; readonly all: number }): ReactElement {
  return (
    <span role="status" aria-label={`${formatCount(taken)} of ${formatCount(all)} cases`}>
      {formatCount(taken)} of {formatCount(all)}
    </span>
  );
}
