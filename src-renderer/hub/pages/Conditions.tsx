import { Pencil, Plus } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import type { HubCondition } from '../../../src-shared/model/hub-plans.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { useHubInfo } from '../hub-info.ts';

interface Props {
  readonly conditions: readonly HubCondition[];
  readonly onChanged: () => void;
}

type Edited = Pick<HubCondition, 'id' | 'name' | 'yaml'>;

/** Conditions of everybody; one's own, or for an operator all, can be changed. */
export function Conditions({ conditions, onChanged }: Props): ReactElement {
  const { me } = useHubInfo();
  const [edited, setEdited] = useState<Edited | null>(null);
  const remove = useAction(async (id: string) => {
    await hub.conditions.remove({ id });
    onChanged();
  });
  return (
    <>
      <ul className="hub-lines" aria-label="Conditions">
        {conditions.map((condition) => (
          <li key={condition.id}>
            <span className="strong">{condition.name}</span>
            <span className="dim small mono ellipsis">{condition.yaml.split('\n', 1)[0]}</span>
            <span className="grow" />
            <span className="dim small">
              {condition.person}, <When at={condition.changedAt} />
            </span>
            {condition.person === me.login || me.role !== 'tester' ? (
              <>
                <Button small icon={<Pencil />} label={`Edit ${condition.name}`} onClick={() => setEdited(condition)} />
                <ConfirmButton
                  small
                  variant="quiet"
                  title={`Remove ${condition.name}?`}
                  harm="Nobody can start runs with it any more. Runs that were started stay."
                  verb="Remove it"
                  safe="Keep it"
                  onConfirm={() => void remove.run(condition.id)}
                >
                  Remove
                </ConfirmButton>
              </>
            ) : null}
          </li>
        ))}
      </ul>
      {remove.problem === null ? null : <ErrorState problem={remove.problem} />}
      {edited === null ? (
        <div className="hub-body">
          <Button small icon={<Plus />} onClick={() => setEdited({ id: crypto.randomUUID(), name: '', yaml: '' })}>
            New condition
          </Button>
        </div>
      ) : (
        <ConditionForm
          key={edited.id}
          edited={edited}
          onClose={(changed) => {
            setEdited(null);
            if (changed) onChanged();
          }}
        />
      )}
    </>
  );
}

function ConditionForm({ edited, onClose }: { readonly edited: Edited; readonly onClose: (changed: boolean) => void }): ReactElement {
  const [name, setName] = useState(edited.name);
  const [yaml, setYaml] = useState(edited.yaml);
  const save = useAction(async () => {
    await hub.conditions.save({ id: edited.id, name: name.trim(), yaml });
    onClose(true);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  return (
    <section aria-label="Condition">
      <form className="hub-form" onSubmit={submit}>
        <label>
          <span className="small mid">Name of the condition</span>
          <span className="field">
            <input required value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
          </span>
        </label>
        <label className="grow">
          <span className="small mid">Variables (YAML), one a line: name: value</span>
          <textarea className="field mono hub-yaml" rows={5} value={yaml} onChange={(event) => setYaml(event.currentTarget.value)} />
        </label>
        <Button variant="primary" submits busy={save.busy}>
          Save condition
        </Button>
        <Button variant="quiet" onClick={() => onClose(false)}>
          Close
        </Button>
      </form>
      {save.problem === null ? null : (
        <div className="hub-body">
          <ErrorState problem={save.problem} />
        </div>
      )}
    </section>
  );
}
