import { ChartNoAxesColumn, FileOutput, Trash2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { TestCondition } from '../../../../src-shared/model/condition.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { ConfirmButton } from '../../../kit/Confirm.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { ExportedYaml, type Exported } from '../yaml/ExportedYaml.tsx';

interface Props {
  readonly condition: TestCondition;
  readonly onRemoved: () => void;
}

export function ConditionVerbs({ condition: { id, name }, onRemoved }: Props): ReactElement {
  const [exported, setExported] = useState<Exported | null>(null);
  const show = useAction(async () => setExported(await client.conditions.export({ id })));
  const remove = useAction(async () => {
    await client.conditions.remove({ id });
    onRemoved();
  });
  const problem = show.problem ?? remove.problem;
  return (
    <>
      <Button small variant="quiet" icon={<ChartNoAxesColumn />} href={addresses.historyOf('condition', name)}>
        History
      </Button>
      <Button small icon={<FileOutput />} busy={show.busy} onClick={() => void show.run()}>
        Export YAML
      </Button>
      <ConfirmButton
        small
        variant="quiet"
        icon={<Trash2 />}
        label={`Remove ${name}`}
        busy={remove.busy}
        title={`Remove ${name}?`}
        harm="Its variables and secrets leave this harness. Runs keep what they were started with."
        verb={`Remove ${name}`}
        safe="Keep it"
        onConfirm={() => void remove.run()}
      />
      {exported === null ? null : <ExportedYaml exported={exported} onClose={() => setExported(null)} />}
      {problem === null ? null : (
        <div className="verb-problem">
          <ErrorState
            problem={problem}
            actions={
              <Button small onClick={() => (show.clear(), remove.clear())}>
                Close
              </Button>
            }
          />
        </div>
      )}
    </>
  );
}
