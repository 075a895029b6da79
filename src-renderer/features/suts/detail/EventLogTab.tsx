import type { ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ConfirmButton } from '../../../kit/Confirm.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape, Note } from '../../../kit/States.tsx';
import { When } from '../../../kit/Times.tsx';
import { Asked } from './Asked.tsx';
import { useDeed } from './use-deed.ts';

/** The BMC's own log, decoded, newest first. */
export function EventLogTab({ sut }: { readonly sut: Sut }): ReactElement {
  const log = useCall((signal) => client.suts.eventLog({ id: sut.id }, { signal }), [sut.id]);
  const deeds = useDeed();
  const clear = (): void =>
    deeds.ask({
      title: 'Clear the event log',
      perform: async (asked) => {
        await client.suts.clearEventLog({ id: sut.id, ...asked });
        log.again();
      },
    });
  if (log.data === null) return log.problem === null ? <LoadingShape /> : <ErrorState problem={log.problem} onRetry={log.again} />;
  const { entries, capacity, overflow } = log.data;
  return (
    <>
      <SectionHead
        title="Event log"
        count={capacity === null ? entries.length : `${entries.length} of ${capacity}`}
        actions={
          <>
            <Button small variant="quiet" busy={log.loading} onClick={log.again}>
              Read again
            </Button>
            {entries.length === 0 ? null : (
              <ConfirmButton
                small
                variant="quiet"
                busy={deeds.busy}
                title={`Clear the event log of ${sut.name}?`}
                harm={`${formatAmount(entries.length, 'entry', 'entries')} are deleted in the BMC. This cannot be undone.`}
                verb="Clear the event log"
                safe="Keep it"
                onConfirm={clear}
              >
                Clear
              </ConfirmButton>
            )}
          </>
        }
      />
      <Asked sut={sut} deeds={deeds} />
      {overflow ? <Note tone="warn">The log is full: the BMC has refused newer events.</Note> : null}
      {entries.length === 0 ? <EmptyState title="The event log is empty" why="Nothing was noted since it was cleared." /> : null}
      <ul className="sut-log" aria-label="Event log">
        {entries.toReversed().map((entry) => (
          <li key={entry.id} className={`severity-${entry.severity}`}>
            <span className="dim small figures nowrap">{entry.at === null ? 'no time' : <When at={entry.at} />}</span>
            <span className="grow">
              {entry.message}
              {entry.asserted ? '' : ' (over)'}
            </span>
            <span className="dim small nowrap">{entry.severity === 'ok' ? '' : entry.severity}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
