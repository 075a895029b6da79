import { useState, type FormEvent, type ReactElement } from 'react';
import { ToldOf, type Channel, type ChannelKind } from '../../../src-shared/model/notification.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { TOLD_OF } from './told-of.ts';
import { Setting } from './Setting.tsx';

interface Draft {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly url: string;
  readonly key: string;
  readonly of: readonly ToldOf[];
  readonly planId: string;
}
const FRESH: Draft = { name: '', kind: 'webhook', url: '', key: '', of: ['failed'], planId: '' };

export function NewNotification({ onChanged }: { readonly onChanged: (channels: Channel[]) => void }): ReactElement {
  const plans = useCall((signal) => client.plans.list(undefined, { signal }), []);
  const [draft, setDraft] = useState(FRESH);
  const put = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const add = useAction(async () => {
    const { key, planId, of, ...rest } = draft;
    const content = { ...rest, of: [...of], planId: planId === '' ? null : planId, ...(key === '' ? {} : { key }) };
    onChanged(await client.notifications.save({ content }));
    setDraft(FRESH);
  });
  const why = missing(draft);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (why === null) void add.run();
  };
  return (
    <Setting
      title="Tell somebody"
      about="The address is kept like a password and never shown again: whoever knows it can write there. What does not arrive is tried again for some hours."
    >
      <form className="column settings-form" onSubmit={submit}>
        <label className="field">
          <select
            className="plan-choice"
            aria-label="Kind"
            value={draft.kind}
            onChange={(event) => put({ kind: event.currentTarget.value === 'chat' ? 'chat' : 'webhook' })}
          >
            <option value="webhook">Webhook (JSON)</option>
            <option value="chat">Chat (Slack, Mattermost and alike)</option>
          </select>
        </label>
        <Text label="Name of the notification" hint="Team channel" value={draft.name} onChange={(name) => put({ name })} />
        <Text label="Address" hint="https://…" value={draft.url} onChange={(url) => put({ url })} />
        {draft.kind === 'chat' ? null : (
          <Text
            label="Key to sign with, if any"
            hint="Key to sign with, if any"
            value={draft.key}
            onChange={(key) => put({ key })}
            secret
          />
        )}
        <label className="field">
          <select
            className="plan-choice"
            aria-label="Plan"
            value={draft.planId}
            onChange={(event) => put({ planId: event.currentTarget.value })}
          >
            <option value="">Of all runs</option>
            {(plans.data ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                Of {name}
              </option>
            ))}
          </select>
        </label>
        <div role="group" aria-label="Of a run that" className="column">
          <span className="small mid">Of a run that</span>
          {ToldOf.options.map((each) => (
            <label key={each} className="row tight">
              <input
                type="checkbox"
                checked={draft.of.includes(each)}
                onChange={(event) =>
                  put({ of: event.currentTarget.checked ? [...draft.of, each] : draft.of.filter((one) => one !== each) })
                }
              />
              {TOLD_OF[each]}
            </label>
          ))}
        </div>
        <span>
          <Button small submits busy={add.busy} disabledReason={why}>
            Add
          </Button>
        </span>
      </form>
      {add.problem === null ? null : <ErrorState problem={add.problem} />}
    </Setting>
  );
}

function missing({ name, url, of }: Draft): string | null {
  if (name.trim() === '') return 'Give it a name';
  if (!/^https?:\/\/./u.test(url)) return 'Give its address';
  return of.length === 0 ? 'Choose when' : null;
}

interface TextProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly secret?: boolean;
}

function Text({ label, hint, value, onChange, secret = false }: TextProps): ReactElement {
  return (
    <label className="field">
      <input
        type={secret ? 'password' : 'text'}
        autoComplete="off"
        aria-label={label}
        placeholder={hint}
        title={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
