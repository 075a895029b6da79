import { useState, type FormEvent, type ReactElement } from 'react';
import { ChannelKind, MailRoute, ToldOf, type Channel, type ChannelInput } from '../../../src-shared/model/notification.ts';
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
  readonly server: string;
  readonly port: string;
  readonly security: MailRoute['security'];
  readonly user: string;
  readonly from: string;
  readonly to: string;
}
const MAIL = { server: '', port: '587', security: 'startTls', user: '', from: '', to: '' } as const;
const FRESH: Draft = { name: '', kind: 'webhook', url: '', key: '', of: ['failed'], planId: '', ...MAIL };
const KINDS: Readonly<Record<ChannelKind, string>> = {
  webhook: 'Webhook (JSON)',
  chat: 'Chat (Slack, Mattermost and alike)',
  mail: 'Mail (SMTP)',
};

export function NewNotification({ onChanged }: { readonly onChanged: (channels: Channel[]) => void }): ReactElement {
  const plans = useCall((signal) => client.plans.list(undefined, { signal }), []);
  const [draft, setDraft] = useState(FRESH);
  const put = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const add = useAction(async () => {
    const content = contentOf(draft);
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
            onChange={(event) => put({ kind: ChannelKind.parse(event.currentTarget.value) })}
          >
            {ChannelKind.options.map((kind) => (
              <option key={kind} value={kind}>
                {KINDS[kind]}
              </option>
            ))}
          </select>
        </label>
        <Text label="Name of the notification" hint="Team channel" value={draft.name} onChange={(name) => put({ name })} />
        {draft.kind === 'mail' ? (
          <MailFields draft={draft} put={put} />
        ) : (
          <Text label="Address" hint="https://…" value={draft.url} onChange={(url) => put({ url })} />
        )}
        {draft.kind === 'webhook' ? (
          <Text
            label="Key to sign with, if any"
            hint="Key to sign with, if any"
            value={draft.key}
            onChange={(key) => put({ key })}
            secret
          />
        ) : null}
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

function MailFields({ draft, put }: { readonly draft: Draft; readonly put: (part: Partial<Draft>) => void }): ReactElement {
  return (
    <>
      <Text label="Mail server" hint="mail.lab.example" value={draft.server} onChange={(server) => put({ server })} />
      <Text label="Port of the mail server" hint="587" value={draft.port} onChange={(port) => put({ port })} />
      <label className="field">
        <select
          className="plan-choice"
          aria-label="Encryption"
          value={draft.security}
          onChange={(event) => put({ security: event.currentTarget.value as MailRoute['security'] })}
        >
          <option value="startTls">Encrypted after STARTTLS</option>
          <option value="tls">Encrypted from the first byte (TLS)</option>
          <option value="none">Not encrypted, no login</option>
        </select>
      </label>
      <Text
        label="User, if the server asks for one"
        hint="User, if the server asks for one"
        value={draft.user}
        onChange={(user) => put({ user })}
      />
      <Text label="Password" hint="Password" value={draft.key} onChange={(key) => put({ key })} secret />
      <Text label="Sender" hint="Sender: atn@lab.example" value={draft.from} onChange={(from) => put({ from })} />
      <Text label="Receivers" hint="Receivers, with commas" value={draft.to} onChange={(to) => put({ to })} />
    </>
  );
}

function routeOf({ server, port, security, user, from, to }: Draft) {
  const receivers = to.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
  return MailRoute.safeParse({ server, port: Number(port), security, user, from, to: receivers });
}

function contentOf(draft: Draft): ChannelInput {
  const { name, kind, url, key, of, planId } = draft;
  const common = { name, kind, of: [...of], planId: planId === '' ? null : planId, enabled: true, ...(key === '' ? {} : { key }) };
  return kind === 'mail' ? { ...common, mail: routeOf(draft).data ?? null } : { ...common, url, mail: null };
}

function missing(draft: Draft): string | null {
  const { name, kind, url, of } = draft;
  if (name.trim() === '') return 'Give it a name';
  const mail = kind === 'mail' ? routeOf(draft) : null;
  if (mail?.success === false) return mail.error.issues[0]?.message ?? 'Say where to';
  if (kind !== 'mail' && !/^https?:\/\/./u.test(url)) return 'Give its address';
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
