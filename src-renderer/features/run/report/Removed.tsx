import type { ReactElement } from 'react';
import type { Run } from '../../../../src-shared/model/run.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { formatStart } from '../../../kit/format.ts';
import { Note } from '../../../kit/States.tsx';
import { useNow } from '../../../kit/use-now.ts';

const WORDS = { run: 'The run', report: 'The report', record: 'The record (keywords and messages)', console: 'The console' } as const;

/** What of an old run was taken away, so that nobody looks for it. */
export function Removed({ run }: { readonly run: Run }): ReactElement | null {
  const now = useNow('minute');
  const { data } = useCall((signal) => client.retention.removedOf({ id: run.id }, { signal }), [run.id]);
  if (data === null || data.length === 0) return null;
  return (
    <Note>
      {data.map(({ part, at }) => (
        <div key={part}>
          {WORDS[part]} was removed {formatStart(at, now)}, as the settings of old runs say.
        </div>
      ))}
    </Note>
  );
}
