import { useState, type FormEvent, type ReactElement } from 'react';
import { TriggerProof, type TriggerChange } from '../../../src-shared/model/trigger.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { Setting } from './Setting.tsx';

const FRESH = { name: '', planId: '', proof: 'token' as TriggerProof, suts: '', conditions: '', variables: '' };
const PROOFS: Readonly<Record<TriggerProof, string>> = {
  token: 'The request brings the secret (scripts, GitLab)',
  signature: 'The request is signed with it (GitHub, Gitea)',
};
const FIELDS = [
  { key: 'suts', label: 'Machines of the trigger', hint: 'Machines, with commas, empty for those of the plan' },
  { key: 'conditions', label: 'Conditions that a request may choose', hint: 'Conditions that a request may choose, with commas' },
  { key: 'variables', label: 'Variables that a request may give', hint: 'Variables that a request may give, with commas' },
] as const;

export function NewTrigger({ onChanged }: { readonly onChanged: (change: TriggerChange) => void }): ReactElement {
  const plans = useCall((signal) => client.plans.list(undefined, { signal }), []);
  const [draft, setDraft] = useState(FRESH);
  const put = (part: Partial<typeof FRESH>): void => setDraft((before) => ({ ...before, ...part }));
  const add = useAction(async () => {
    const { name, planId, proof } = draft;
    const lists = { suts: listOf(draft.suts), conditions: listOf(draft.conditions), variables: listOf(draft.variables) };
    onChanged(await client.triggers.save({ content: { name, planId, proof, ...lists } }));
    setDraft(FRESH);
  });
  const why = draft.name.trim() === '' ? 'Give it a name' : draft.planId === '' ? 'Choose a plan' : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (why === null) void add.run();
  };
  return (
    <Setting
      title="Add a trigger"
      about="It gets an address on this computer and a secret that starts this one plan and opens nothing else. The secret is shown once."
    >
      <form className="column settings-form" onSubmit={submit}>
        <label className="field">
          <input
            aria-label="Name of the trigger"
            placeholder="After each build"
            title="Name of the trigger"
            value={draft.name}
            onChange={(event) => put({ name: event.currentTarget.value })}
          />
        </label>
        <label className="field">
          <select
            className="plan-choice"
            aria-label="Plan of the trigger"
            value={draft.planId}
            onChange={(event) => put({ planId: event.currentTarget.value })}
          >
            <option value="">Choose a plan</option>
            {(plans.data ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <select
            className="plan-choice"
            aria-label="How a request proves itself"
            value={draft.proof}
            onChange={(event) => put({ proof: TriggerProof.parse(event.currentTarget.value) })}
          >
            {TriggerProof.options.map((proof) => (
              <option key={proof} value={proof}>
                {PROOFS[proof]}
              </option>
            ))}
          </select>
        </label>
        {FIELDS.map(({ key, label, hint }) => (
          <label key={key} className="field">
            <input
              aria-label={label}
              placeholder={hint}
              title={label}
              value={draft[key]}
              onChange={(event) => put({ [key]: event.currentTarget.value })}
            />
          </label>
        ))}
        <span>
          <Button small submits busy={add.busy} disabledReason={why}>
            Add trigger
          </Button>
        </span>
      </form>
      {add.problem === null ? null : <ErrorState problem={add.problem} />}
    </Setting>
  );
}

const listOf = (text: string): string[] => text.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
