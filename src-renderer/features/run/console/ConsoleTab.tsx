import { useMemo, useState, type ReactElement } from 'react';
import type { Run } from '../../../../src-shared/model/run.ts';
import { formatBytes } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import { SearchField } from '../../../kit/SearchField.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import type { RecordView } from '../model/record-view.ts';
import { useVersion } from '../use-record.ts';
import { ConsoleHits } from './ConsoleHits.tsx';
import { ConsoleLines } from './ConsoleLines.tsx';
import { consoleLines } from './console-text.ts';
import type { Hit } from './search-console.ts';
import { beginOf, endOf, textOf, type Stretch } from './stretch.ts';
import { useConsole, type ConsoleState } from './use-console.ts';
import { useConsoleSearch } from './use-console-search.ts';

interface Props {
  readonly run: Run;
  readonly view: RecordView;
  /** No tree stands beside it that `/` would go to. */
  readonly slash: boolean;
}

/** What Robot and what it started wrote, as plain text; the file is read piece by piece, whatever its size. */
export function ConsoleTab({ run, view, slash }: Props): ReactElement {
  useVersion(view);
  const state = useConsole(run.id, view.consoleSize);
  const [find, setFind] = useState('');
  const [hit, setHit] = useState<Hit | null>(null);
  const { searched, problem } = useConsoleSearch(run.id, find);
  const { stretch } = state;
  if (stretch.pieces.length === 0 || stretch.size === 0) return <NoConsole run={run} state={state} />;
  const show = (one: Hit): void => {
    setFind('');
    setHit(one);
    state.goTo(one.offset);
  };
  const go = (place: 0 | 'end'): void => {
    setHit(null);
    state.goTo(place);
  };
  return (
    <>
      <div className="tree-tools">
        <SearchField slash={slash} placeholder="Find in the whole console" value={find} onChange={setFind} />
        <span className="dim small figures nowrap">{placeText(stretch)}</span>
        <Button small variant="quiet" onClick={() => go(0)}>
          Beginning
        </Button>
        <Button small variant="quiet" onClick={() => go('end')}>
          {run.state === 'ended' ? 'End' : 'Follow the end'}
        </Button>
      </div>
      {find === '' ? (
        <Shown state={state} hit={hit} onGo={go} />
      ) : (
        <ConsoleHits text={find} searched={searched} problem={problem} onShow={show} />
      )}
    </>
  );
}

interface ShownProps {
  readonly state: ConsoleState;
  readonly hit: Hit | null;
  readonly onGo: (place: 0 | 'end') => void;
}

function Shown({ state, hit, onGo }: ShownProps): ReactElement {
  const { stretch } = state;
  const begin = beginOf(stretch);
  const all = useMemo(() => consoleLines(textOf(stretch)), [stretch]);
  // The first line of a stretch in the middle is the rest of one: it comes whole with what is before it.
  const lines = useMemo(() => (begin > 0 ? all.slice(1) : all), [all, begin]);
  const complete = endOf(stretch) >= stretch.size;
  const jumped = stretch.pieces.some((piece) => piece.offset === hit?.offset);
  const onKey = (key: string): boolean => {
    if (key !== 'Home' && key !== 'End') return false;
    onGo(key === 'Home' ? 0 : 'end');
    return true;
  };
  return (
    <>
      {state.problem === null ? null : <ErrorState problem={state.problem} onRetry={() => onGo('end')} />}
      <ConsoleLines
        key={state.turn}
        lines={lines}
        first={stretch.firstLine + (begin > 0 ? 1 : 0)}
        marked={hit !== null && jumped ? hit.line : null}
        complete={complete}
        onNearBegin={state.earlier}
        onNearEnd={state.later}
        onKey={onKey}
      />
    </>
  );
}

function placeText(stretch: Stretch): string {
  const [begin, end] = [beginOf(stretch), endOf(stretch)];
  if (begin === 0 && end >= stretch.size) return formatBytes(stretch.size);
  const percent = (bytes: number): number => (100 * bytes) / stretch.size;
  return `${Math.floor(percent(begin))} to ${Math.ceil(percent(end))} % of ${formatBytes(stretch.size)}`;
}

function NoConsole({ run, state }: { readonly run: Run; readonly state: ConsoleState }): ReactElement {
  if (state.problem !== null) return <ErrorState problem={state.problem} onRetry={() => state.goTo('end')} />;
  if (state.loading) return <LoadingShape rows={10} />;
  const why = run.state === 'ended' ? 'Robot Framework wrote nothing in this run.' : 'What Robot Framework writes appears here.';
  return (
    <div className="page-body">
      <EmptyState title="The console is empty" why={why} />
    </div>
  );
}
