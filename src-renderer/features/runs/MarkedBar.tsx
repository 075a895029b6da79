import { Columns2, RotateCcw, Trash2, X } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { formatAmount, formatCount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { toProblem } from '../../kit/problem.ts';
import { clearMarks, useMarks } from './marks.ts';

interface Props {
  /** One sentence of what came of the last deed; null: nothing was done. */
  readonly said: string | null;
  readonly onSaid: (text: string | null) => void;
}

/** Floats at the foot while runs are marked, or while there is something to say about what was asked of them. */
export function MarkedBar({ said, onSaid }: Props): ReactElement | null {
  const ids = useMarks((state) => state.ids);
  const [busy, setBusy] = useState(false);
  if (ids.size === 0 && said === null) return null;
  const perform = async (deed: (id: string) => Promise<unknown>, done: string): Promise<void> => {
    setBusy(true);
    onSaid(await performAll([...ids], deed, done));
    setBusy(false);
    clearMarks();
  };
  const runs = formatAmount(ids.size, 'run');
  return (
    <div className="bulk" role="region" aria-label="Marked runs">
      {ids.size === 0 ? null : (
        <>
          <b className="strong">{runs} marked</b>
          <Button small icon={<RotateCcw />} busy={busy} onClick={() => void perform((id) => client.runs.rerun({ id }), 'queued again')}>
            Rerun {runs}
          </Button>
          <Button
            small
            icon={<Columns2 />}
            disabledReason={ids.size < 2 ? 'Mark another run to compare with' : ids.size > 6 ? 'Six runs are the most' : null}
            href={addresses.compare(...ids)}
          >
            Compare
          </Button>
          <ConfirmButton
            small
            variant="quiet"
            icon={<Trash2 />}
            busy={busy}
            title={`Remove ${runs}?`}
            harm="Their records and reports are deleted from this computer. Those that go on or are marked as important stay."
            verb={`Remove ${runs}`}
            safe="Keep them"
            onConfirm={() => void perform((id) => client.runs.remove({ id }), 'removed')}
          >
            Remove
          </ConfirmButton>
        </>
      )}
      <span className="grow mid small" role="status">
        {said}
      </span>
      <Button
        small
        variant="quiet"
        icon={<X />}
        label={ids.size === 0 ? 'Close' : 'Clear marks'}
        onClick={() => {
          clearMarks();
          onSaid(null);
        }}
      />
    </div>
  );
}

/** One after the other, so that they queue in order; every refusal is told. */
async function performAll(ids: readonly string[], deed: (id: string) => Promise<unknown>, done: string): Promise<string> {
  const refused: string[] = [];
  for (const id of ids) {
    try {
      await deed(id);
    } catch (error) {
      refused.push(toProblem(error).message);
    }
  }
  const good = ids.length - refused.length;
  return [...(good === 0 ? [] : [`${formatCount(good)} ${done}.`]), ...new Set(refused)].join(' ');
}
