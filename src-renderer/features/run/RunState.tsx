import type { ReactElement } from 'react';
import type { Run } from '../../../src-shared/model/run.ts';
import { Note } from '../../kit/States.tsx';

const CAUSES = {
  infrastructure: 'The lab or this computer failed, not the tests.',
  configuration: 'The run cannot work as it is set up.',
  testData: 'Robot Framework cannot use the test data.',
  timeout: 'A time limit ended it.',
  internal: 'The workbench failed.',
} as const;

/** One line about what is not ordinary: why it waits, why it ended in error, that rows were saved from a lost run. */
export function RunState({ run }: { readonly run: Run }): ReactElement | null {
  if (run.state === 'queued') {
    const place = run.queuePosition === null ? '' : `Place ${run.queuePosition} in the queue. `;
    return <Line tone="plain" text={`${place}${run.happened ?? 'It begins as soon as a worker and its machines are free.'}`} />;
  }
  if (run.verdict === 'error') {
    return (
      <Line tone="bad" text={run.failure?.message ?? 'The run ended in an error.'} about={run.cause === null ? null : CAUSES[run.cause]} />
    );
  }
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
}

function Line({ tone, text, about = null }: LineProps): ReactElement {
  return (
    <div className="run-state">
      <Note tone={tone}>
        <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</span>
        {about === null ? null : <span className="mid"> {about}</span>}
      </Note>
    </div>
  );
}
