import type { ReactElement } from 'react';
import type { SutEvent } from '../../../../src-shared/model/sut-state.ts';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { When } from '../../../kit/Times.tsx';

const WORDS: Readonly<Record<SutEvent['outcome'], string>> = {
  done: 'done',
  failed: 'failed',
  refused: 'refused',
  underway: 'under way',
  unknown: 'outcome unknown',
  noted: '',
};

/** Everything that happened to the machine, newest first: who, what, why, how it came out. */
export function HistoryTab({ sut }: { readonly sut: Sut }): ReactElement {
  const { data, problem, again, loading } = useCall(
    (signal) => client.suts.events({ id: sut.id, limit: 200 }, { signal }),
    [sut.id, sut.observed.seenAt],
  );
  if (data === null) return problem === null ? <LoadingShape /> : <ErrorState problem={problem} onRetry={again} />;
  return (
    <>
      <SectionHead
        title="History"
        actions={
          <>
            <Button small variant="quiet" href={addresses.historyOf('sut', sut.name)}>
              Runs on it
            </Button>
            <Button small variant="quiet" busy={loading} onClick={again}>
              Read again
            </Button>
          </>
        }
      />
      {data.length === 0 ? (
        <EmptyState title="Nothing happened to it yet" why="Commands, consoles and verifications are noted here." />
      ) : null}
      <ul className="sut-log" aria-label="History">
        {data.map((event) => (
          <li key={event.id} title={event.attempts.map(({ provider, message }) => `${provider}: ${message ?? 'done'}`).join('\n')}>
            <span className="dim small figures nowrap">
              <When at={event.at} />
            </span>
            <span className="grow">
              <span className="strong">{event.what}</span> <span className="dim">by {event.who}</span>
              {event.why === null ? null : <span className="mid"> because {event.why}</span>}
              {event.message === null ? null : <div className="mid small sut-said">{event.message}</div>}
            </span>
            <span className={`small nowrap ${event.outcome === 'failed' || event.outcome === 'refused' ? 'mark-failed' : 'dim'}`}>
              {WORDS[event.outcome]}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
