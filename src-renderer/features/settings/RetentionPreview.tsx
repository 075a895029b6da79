import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import type { RetentionPolicy, RetentionPreview as Preview } from '../../../src-shared/model/retention.ts';
import { formatAmount, formatBytes } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { formatStart } from '../../kit/format.ts';
import { ErrorState } from '../../kit/States.tsx';
import { useNow } from '../../kit/use-now.ts';
import { Setting } from './Setting.tsx';

const SHOWN = 12;
const WORDS = { run: 'the run', report: 'its report', record: 'its record', console: 'its console' } as const;
const WHY = { age: 'by age', count: 'by number', size: 'by size' } as const;

/** What would go now, named before it goes, and the button that removes exactly that. */
export function RetentionPreview({ policy }: { readonly policy: RetentionPolicy }): ReactElement {
  const asked = useCall((signal) => client.retention.preview({}, { signal }), [policy]);
  const [step, setStep] = useState('');
  const [said, setSaid] = useState('');
  const apply = useAction(async (digest: string) => {
    for await (const event of await client.retention.apply({ digest })) {
      if (event.type === 'progress') setStep(event.progress.step);
      else setSaid([`${formatAmount(event.removed, 'item')} removed, ${formatBytes(event.freed)} freed.`, ...event.troubles].join(' '));
    }
    setStep('');
    asked.again();
  });
  const problem = asked.problem ?? apply.problem;
  return (
    <>
      <Setting title="What would go now" about={asked.data === null ? 'Looking' : summaryOf(asked.data)}>
        {asked.data === null || asked.data.total === 0 ? (
          <span className="dim">{asked.data === null ? '' : 'Nothing'}</span>
        ) : (
          <ConfirmButton
            variant="danger"
            busy={apply.busy || asked.loading}
            title={`Remove ${formatAmount(asked.data.total, 'item')}?`}
            harm="They are named below, and cannot be brought back."
            verb="Remove them"
            safe="Keep them"
            onConfirm={() => void apply.run(asked.data?.digest ?? '')}
          >
            Remove {formatAmount(asked.data.total, 'item')}, {formatBytes(asked.data.bytes)}
          </ConfirmButton>
        )}
        <span className="said small dim" role="status">
          {apply.busy ? step : said}
        </span>
      </Setting>
      {problem === null ? null : <ErrorState problem={problem} onRetry={asked.again} />}
      {asked.data === null ? null : <Items preview={asked.data} />}
    </>
  );
}

function summaryOf({ runs, total }: Preview): string {
  const all = `${formatAmount(runs.all, 'run')} take ${formatBytes(runs.bytes)}.`;
  const safe = runs.protected === 0 ? '' : ` ${formatAmount(runs.protected, 'run')} always stay.`;
  return `${all}${total === 0 ? '' : ` ${runs.kept} stay.`}${safe}`;
}

function Items({ preview }: { readonly preview: Preview }): ReactElement | null {
  const now = useNow('minute');
  if (preview.total === 0) return null;
  const more = preview.total - Math.min(SHOWN, preview.items.length);
  return (
    <ul className="retention-items" aria-label="What would go now">
      {preview.items.slice(0, SHOWN).map(({ runId, name, endedAt, part, bytes, why }) => (
        <li key={`${runId} ${part}`} className="row tight">
          <Link href={addresses.run(runId)} className="ellipsis grow">
            {name}
          </Link>
          <span className="dim small nowrap">{formatStart(endedAt, now)}</span>
          <span className="small nowrap">
            {WORDS[part]}, {WHY[why]}
          </span>
          <span className="figures small nowrap">{formatBytes(bytes)}</span>
        </li>
      ))}
      {more > 0 ? <li className="dim small">and {more} more</li> : null}
    </ul>
  );
}
