import type { ReactElement, ReactNode } from 'react';
import type { Run } from '../../../src-shared/model/run.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { formatPerson } from '../../kit/format.ts';
import { Note } from '../../kit/States.tsx';
import { useMe } from '../../state/system.ts';

const CAUSES = {
  infrastructure: 'The lab or this computer failed, not the tests.',
  configuration: 'The run cannot work as it is set up.',
  testData: 'Robot Framework cannot use the test data.',
  timeout: 'A time limit ended it.',
  internal: 'The workbench failed.',
} as const;

/** The whole ladder, whichever step it is on; the head counts down to the next one. */
const LADDER = {
  asked: 'Robot was asked to end and runs its tear-downs. Then it is asked again, then all its processes are ended. The report is kept.',
  askedAgain: 'Robot was asked a second time and gives up its tear-downs. Then all its processes are ended. The report is kept.',
  killing: 'All processes of the run are being ended. What was recorded is kept.',
} as const;

/** One line about what is not ordinary: why it waits, why it ended in error, that rows were saved from a lost run. */
export function RunState({ run }: { readonly run: Run }): ReactElement | null {
  if (run.stop !== null && run.state !== 'ended') return <Line tone="plain" text={LADDER[run.stop.step]} />;
  if (run.state === 'queued') {
    const place = run.queuePosition === null ? '' : `Place ${run.queuePosition} in the queue. `;
    return <Line tone="plain" text={`${place}${run.happened ?? 'It begins as soon as a worker and its machines are free.'}`} />;
  }
  if (run.verdict === 'error') {
    return (
      <Line
        tone="bad"
        text={run.failure?.message ?? 'The run ended in an error.'}
        about={run.cause === null ? null : CAUSES[run.cause]}
        actions={<Repairs run={run} />}
      />
    );
  }
  if (run.verdict === 'stopped') return <Stopped run={run} />;
  if (run.verdict === 'lost') {
    return (
      <Line
        tone="bad"
        text={run.failure?.message ?? 'Its supervisor ended without a word.'}
        about="What was recorded until then is kept and shown below."
      />
    );
  }
  if (run.rebuilt) return <Line tone="plain" text="Robot could not write its report; it was made again from the record of the run." />;
  return null;
}

interface LineProps {
  readonly tone: 'plain' | 'bad';
  readonly text: string;
  readonly about?: string | null;
  readonly actions?: ReactNode;
}

function Line({ tone, text, about = null, actions }: LineProps): ReactElement {
  return (
    <div className="run-state">
      <Note tone={tone} actions={actions}>
        <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</span>
        {about === null ? null : <span className="mid"> {about}</span>}
      </Note>
    </div>
  );
}

function Stopped({ run }: { readonly run: Run }): ReactElement {
  const me = useMe();
  const { notRun } = run.counts;
  const by = run.stop === null ? 'Stopped' : `Stopped by ${formatPerson(run.stop.by, me)}`;
  const rest = notRun === 0 ? 'Every test had run.' : `${notRun} of ${run.total} tests did not run.`;
  return <Line tone="plain" text={`${by}. ${rest}`} />;
}

/** What a person does next about an error: read what Robot wrote, or begin again with another choice. */
function Repairs({ run }: { readonly run: Run }): ReactElement {
  const { suites, tests, include } = run.selection;
  return (
    <span className="row tight">
      <Button small variant="quiet" href={`${addresses.run(run.id)}?tab=console`}>
        Read the console
      </Button>
      {run.testDataId === null ? null : (
        <Button small href={addresses.newRun(run.testDataId, { revision: run.revision, suites, tests, include })}>
          Change and run again
        </Button>
      )}
    </span>
  );
}
