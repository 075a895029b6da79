import type { CSSProperties, ReactElement } from 'react';
import type { Arrival } from '../../../src-shared/model/image.ts';
import { formatBytes, formatLeft } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { TimeLeft } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { dismissImageImport, useImageImports, type ImageImport } from '../../state/image-imports.ts';

/** What is imported or fetched now stands above the list; rows of the list do not move for it. */
export function Arriving({ arrivals }: { readonly arrivals: readonly Arrival[] }): ReactElement | null {
  const imports = useImageImports((state) => state.imports);
  if (arrivals.length + imports.length === 0) return null;
  return (
    <section className="image-arriving" aria-label="Arriving" aria-live="polite">
      {arrivals.map((arrival) => (
        <Fetched key={arrival.id} arrival={arrival} />
      ))}
      {imports.map((each) => (
        <Imported key={each.id} of={each} />
      ))}
    </section>
  );
}

function Fetched({ arrival }: { readonly arrival: Arrival }): ReactElement {
  const { id, name, revision, state, done, total, url } = arrival;
  const move = useAction((goOn: boolean) => (goOn ? client.images.resume({ id }) : client.images.pause({ id })));
  const cancel = useAction(() => client.images.cancel({ id }));
  const problem = move.problem ?? cancel.problem;
  const again = state === 'failed' ? 'Fetch again' : state === 'waiting' ? 'Try now' : 'Go on';
  return (
    <div>
      <div className="row">
        <VerdictIcon mark={state === 'failed' ? 'error' : state === 'fetching' ? 'running' : 'queued'} decorative />
        <span className="strong ellipsis" title={url}>
          {name} {revision}
        </span>
        <span className="dim small figures ellipsis grow" title={arrival.note ?? undefined}>
          <Standing arrival={arrival} />
        </span>
        <Button variant="quiet" small busy={move.busy} onClick={() => void move.run(state !== 'fetching')}>
          {state === 'fetching' ? 'Pause' : again}
        </Button>
        <Button variant="quiet" small busy={cancel.busy} onClick={() => void cancel.run()}>
          {state === 'failed' ? 'Remove' : 'Cancel'}
        </Button>
      </div>
      {state === 'failed' ? <div className="small mark-error">{arrival.note}</div> : null}
      {problem === null ? null : <ErrorState problem={problem} />}
      {state === 'failed' ? null : <Bar share={total === null || total === 0 ? null : done / total} />}
    </div>
  );
}

function Standing({ arrival: { state, note, done, total, rate, nextTryAt, resumedAt } }: { readonly arrival: Arrival }): ReactElement {
  if (state === 'failed') return <>Not usable</>;
  const have = total === null ? formatBytes(done) : `${formatBytes(done)} of ${formatBytes(total)}`;
  if (state === 'paused') return <>Paused, has {have}</>;
  if (state === 'waiting')
    return (
      <>
        {note ?? 'Waits'}, has {have}
        {nextTryAt === null ? null : (
          <>
            , tried again in <TimeLeft until={nextTryAt} />
          </>
        )}
      </>
    );
  const left = rate !== null && rate > 0 && total !== null ? `, ${formatLeft(((total - done) / rate) * 1000)}` : '';
  return (
    <>
      {have}
      {rate === null ? '' : `, ${formatBytes(rate)}/s`}
      {left}
      {resumedAt === null ? '' : `, resumed at ${formatBytes(resumedAt)}`}
    </>
  );
}

function Imported({ of: { id, what, progress, problem, said } }: { readonly of: ImageImport }): ReactElement {
  const leave = (): void => dismissImageImport(id);
  const close = (
    <Button small variant="quiet" onClick={leave}>
      {said === null && problem === null ? 'Cancel' : 'Close'}
    </Button>
  );
  if (problem !== null) return <ErrorState problem={{ ...problem, message: `${what}: ${problem.message}` }} actions={close} />;
  const share = progress?.total && progress.done !== null ? progress.done / progress.total : null;
  const amount =
    progress?.done == null ? '' : `, ${formatBytes(progress.done)}${progress.total === null ? '' : ` of ${formatBytes(progress.total)}`}`;
  return (
    <div>
      <div className="row">
        <VerdictIcon mark={said === null ? 'running' : 'passed'} decorative />
        <span className="strong ellipsis">{what}</span>
        <span className="dim small figures ellipsis grow">{said ?? `${progress?.step ?? 'Begins'}${amount}`}</span>
        {close}
      </div>
      {said === null ? <Bar share={share} /> : null}
    </div>
  );
}

function Bar({ share }: { readonly share: number | null }): ReactElement {
  return (
    <span className={`bar running${share === null ? ' unknown' : ''}`} style={{ '--progress': `${(share ?? 1) * 100}%` } as CSSProperties}>
      <i />
    </span>
  );
}
