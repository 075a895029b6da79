import { Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { formatAmount, formatBytes } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useAction, useCall } from '../../../bridge/use-call.ts';
import { ConfirmButton } from '../../../kit/Confirm.tsx';

/** Names what would go before anything goes; locks stay, so that each can be built again. */
export function CleanControl(): ReactElement | null {
  const { data } = useCall((signal) => client.environments.clean({ dryRun: true }, { signal }), []);
  const clean = useAction(() => client.environments.clean({ dryRun: false }));
  if (data === null || data.removed.length === 0) return null;
  const what = `${formatAmount(data.removed.length, 'unused')}, ${formatBytes(data.freed)}`.replace('unuseds', 'unused');
  return (
    <>
      {clean.problem === null ? null : <span className="mark-failed small">{clean.problem.message}</span>}
      <ConfirmButton
        small
        variant="quiet"
        icon={<Trash2 />}
        busy={clean.busy}
        title={`Remove ${formatAmount(data.removed.length, 'environment')}?`}
        harm={`${data.removed.map(({ lockHash, packages }) => `${lockHash.slice(0, 8)} with ${formatAmount(packages.length, 'piece')}`).join(', ')}. ${formatBytes(data.freed)} are freed; their locks stay, so that they can be built again.`}
        verb={`Free ${formatBytes(data.freed)}`}
        safe="Keep them"
        onConfirm={() => void clean.run()}
      >
        Clean {what}
      </ConfirmButton>
    </>
  );
}
