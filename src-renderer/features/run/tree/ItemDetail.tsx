import { ChartGantt, ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { RecordItem } from '../../../../src-shared/model/record.ts';
import type { Run } from '../../../../src-shared/model/run.ts';
import { formatElapsed } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatPreciseClock } from '../../../kit/format.ts';
import { markOfItem } from '../../../kit/marks.ts';
import { Chip } from '../../../kit/Page.tsx';
import { EmptyState } from '../../../kit/States.tsx';
import { VerdictBadge } from '../../../kit/VerdictBadge.tsx';
import { Messages } from './Messages.tsx';
import type { FailureSteps } from './use-failure-steps.ts';

interface Props {
  readonly run: Run;
  readonly item: RecordItem | null;
  /** Nobody chose it: it is what runs now. */
  readonly now: boolean;
  /** Changes while the run goes on, so that messages are asked again. */
  readonly version: number;
  readonly steps: FailureSteps;
  readonly onTimeline: () => void;
}

/** Everything about the selected row; foreign text is shown as text, always. */
export function ItemDetail({ run, item, now, version, steps, onTimeline }: Props): ReactElement {
  if (item === null) {
    return (
      <aside className="tree-detail" aria-label="Selected row">
        <div className="page-body">
          <EmptyState
            title="No row is selected"
            why={`Choose a suite, test or keyword to read its messages.${run.counts.failed > 0 ? ' F goes to the first failure.' : ''}`}
          />
        </div>
      </aside>
    );
  }
  // Suites and tests say nothing while they run; asking at each change would only cost.
  const quiet = item.kind === 'suite' || item.kind === 'test';
  return (
    <aside className="tree-detail" aria-label="Selected row">
      <div className="item-head">
        <div className="row top">
          <span className="mono strong item-name">
            {item.name} <span className="dim item-arguments">{item.args.join('    ')}</span>
          </span>
          <span className="grow" />
          <VerdictBadge mark={markOfItem(item.status)} />
        </div>
        <div className="row wide small mid">
          {now ? <b className="strong nowrap">Runs now</b> : null}
          <span className="figures nowrap">
            {formatPreciseClock(item.startedAt)}
            {item.elapsed === null ? ', running' : `, took ${formatElapsed(item.elapsed / 1000)}`}
          </span>
          {item.source === null ? null : (
            <span className="mono ellipsis" title={item.source}>
              {`${item.source.split(/[\\/]/u).at(-1) ?? ''}${item.line === null ? '' : `:${item.line}`}`}
            </span>
          )}
          {item.owner === null ? null : <span className="mono ellipsis">{item.owner}</span>}
          <span className="grow" />
          <Button small variant="quiet" icon={<ChartGantt />} label="Show in the timeline" onClick={onTimeline} />
          {item.kind === 'test' ? <CaseHistory runId={run.id} item={item} /> : null}
          {steps.total === 0 ? null : <Steps steps={steps} />}
        </div>
        {item.tags.length === 0 ? null : (
          <div className="row tight item-tags">
            {item.tags.map((tag) => (
              <Chip key={tag} tag>
                {tag}
              </Chip>
            ))}
          </div>
        )}
        {item.doc === null || item.doc === '' ? null : <p className="small mid item-doc">{item.doc}</p>}
      </div>
      <Messages key={item.id} runId={run.id} item={item} version={item.status === 'running' && !quiet ? version : item.status} />
    </aside>
  );
}

function Steps({ steps }: { readonly steps: FailureSteps }): ReactElement {
  return (
    <span className="row tight">
      <Button small variant="quiet" icon={<ChevronLeft />} label="Previous failure, [" onClick={() => steps.step(-1)} />
      <Button small variant="quiet" icon={<ChevronRight />} label="Next failure, ]" onClick={() => steps.step(1)} />
      <span className="figures nowrap">{steps.at < 0 ? `${steps.total} failures` : `failures ${steps.at + 1} of ${steps.total}`}</span>
    </span>
  );
}

/** A test is known over many runs by its long name: all names on the way down to it. */
function CaseHistory({ runId, item }: { readonly runId: string; readonly item: RecordItem }): ReactElement | null {
  const { data } = useCall((signal) => client.record.path({ id: runId, item: item.id }, { signal }), [runId, item.id]);
  if (data === null) return null;
  const names = [...data.filter(({ id }) => id !== item.id), item].map(({ name }) => name);
  return <Link href={addresses.historyOf('test', names.join('.'))}>History of this case</Link>;
}
