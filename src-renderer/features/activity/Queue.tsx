import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { KeyboardEvent, ReactElement } from 'react';
import { Link } from 'wouter';
import type { RunSummary } from '../../../src-shared/model/run.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { Kbd } from '../../kit/Kbd.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';

interface Props {
  readonly queue: readonly RunSummary[];
  readonly paused: boolean;
}

/** Who is next and why each waits; Alt with an arrow moves a run, as its buttons do. */
export function Queue({ queue, paused }: Props): ReactElement {
  const move = useAction((id: string, position: number) => client.activity.move({ id, position }));
  return (
    <section aria-label="Queue">
      <SectionHead
        ruled
        title="Queue"
        count={queue.length}
        about={
          paused ? (
            'Paused: nothing new begins'
          ) : (
            <>
              priority, then age; <Kbd keys="alt+↑" /> to reorder
            </>
          )
        }
      />
      {move.problem === null ? null : <ErrorState problem={move.problem} />}
      {queue.length === 0 ? <p className="activity-none dim small">Nothing waits.</p> : null}
      {queue.map((run, index) => (
        <Waiting key={run.id} run={run} place={index + 1} last={queue.length} onMove={(to) => void move.run(run.id, to)} />
      ))}
    </section>
  );
}

interface WaitingProps {
  readonly run: RunSummary;
  readonly place: number;
  readonly last: number;
  readonly onMove: (to: number) => void;
}

function Waiting({ run, place, last, onMove }: WaitingProps): ReactElement {
  const leave = useAction(() => client.runs.stop({ id: run.id }));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const to = place + (event.key === 'ArrowUp' ? -1 : 1);
    if (to >= 1 && to <= last) onMove(to);
  };
  return (
    <div className="activity-queued" onKeyDown={onKeyDown}>
      <span className="dim figures right">{place}</span>
      <Link className="strong ellipsis activity-name" href={addresses.run(run.id)}>
        {run.name}
      </Link>
      <span className="mid ellipsis" title={run.suts.join(', ')}>
        {run.suts.join(', ')}
      </span>
      <span className="mid ellipsis" title={run.happened ?? undefined}>
        {run.happened}
      </span>
      <span className="dim right nowrap small">
        {run.expectedEndAt === null ? (
          <>
            since <When at={run.createdAt} />
          </>
        ) : (
          <>
            about <When at={run.expectedEndAt} />
          </>
        )}
      </span>
      <span className="row tight">
        <Button
          small
          variant="quiet"
          icon={<ArrowUp />}
          label={`Move ${run.name} up`}
          disabledReason={place === 1 ? 'It is the next' : null}
          onClick={() => onMove(place - 1)}
        />
        <Button
          small
          variant="quiet"
          icon={<ArrowDown />}
          label={`Move ${run.name} down`}
          disabledReason={place === last ? 'It is the last' : null}
          onClick={() => onMove(place + 1)}
        />
        <Button
          small
          variant="quiet"
          icon={<X />}
          label={`Take ${run.name} out of the queue`}
          busy={leave.busy}
          onClick={() => void leave.run()}
        />
      </span>
    </div>
  );
}
