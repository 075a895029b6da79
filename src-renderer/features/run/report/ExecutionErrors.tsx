import { useState, type ReactElement } from 'react';
import type { RecordMessage } from '../../../../src-shared/model/record.ts';
import type { Run } from '../../../../src-shared/model/run.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { SectionHead } from '../../../kit/Page.tsx';

/** Lines of one message before the rest is folded: a traceback must not push the artefacts off the page. */
const SHOWN_LINES = 2;

/** What Robot said about the execution as a whole: imports that failed, syntax it could not read. */
export function ExecutionErrors({ run }: { readonly run: Run }): ReactElement | null {
  const { data } = useCall(
    (signal) => client.record.messages({ id: run.id, item: null, limit: 200 }, { signal }),
    [run.id, run.state === 'ended'],
  );
  if (data === null || data.messages.length === 0) return null;
  return (
    <section aria-label="Execution errors">
      <SectionHead ruled title="Execution errors" count={data.messages.length} about="said by Robot Framework about the whole run" />
      <div className="log execution-errors">
        {data.messages.map((message) => (
          <Entry key={message.id} message={message} />
        ))}
        {data.more ? <p className="dim small none">There are more; all are in output.xml.</p> : null}
      </div>
    </section>
  );
}

function Entry({ message }: { readonly message: RecordMessage }): ReactElement {
  const [open, setOpen] = useState(false);
  const lines = message.text.split('\n');
  const folded = lines.length - SHOWN_LINES;
  return (
    <div className="entry">
      <span className={`level ${message.level === 'WARN' ? 'mark-skipped' : 'mark-error'}`}>{message.level}</span>
      <div className="grow">
        <pre>{open ? message.text : lines.slice(0, SHOWN_LINES).join('\n')}</pre>
        {folded > 0 ? (
          <Button small variant="quiet" expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Fold' : `${formatAmount(folded, 'more line')}`}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
