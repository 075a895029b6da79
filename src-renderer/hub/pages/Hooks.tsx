import { useState, type FormEvent, type ReactElement } from 'react';
import { HubNoticeKind } from '../../../src-shared/model/hub-notice.ts';
import type { HubHook } from '../../../src-shared/model/hub-hook.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { Chip, SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, Note } from '../../kit/States.tsx';
import { useHubInfo } from '../hub-info.ts';
import { useFresh } from '../use-fresh.ts';

const STATES = { waiting: 'not yet told', delivered: 'told', givenUp: 'given up' } as const;

/** Webhooks that hear what the bell says: one's own and, by an administrator, those of groups. */
export function Hooks(): ReactElement {
  const { me } = useHubInfo();
  const hooks = useFresh(() => hub.hooks.list(), []);
  const remove = useAction(async (id: string) => {
    await hub.hooks.remove({ id });
    hooks.again();
  });
  return (
    <section aria-label="Webhooks">
      <SectionHead title="Webhooks" count={hooks.data?.length} about="They hear what the bell says." ruled />
      <HookForm onMade={hooks.again} groups={me.role === 'admin'} />
      {hooks.problem === null ? null : <ErrorState problem={hooks.problem} onRetry={hooks.again} />}
      {hooks.data?.length === 0 ? (
        <EmptyState title="No webhooks" why="An address of yours can hear of your reservations and runs." />
      ) : null}
      <ul className="hub-lines">
        {hooks.data?.map((hook) => (
          <li key={hook.id}>
            <span className="strong">{hook.name}</span>
            {hook.group === null ? null : <Chip>{hook.group}</Chip>}
            <span className="mono small dim">{hook.host}</span>
            <span className="grow" />
            <LastMessage hook={hook} />
            {hook.group === null || me.role === 'admin' ? (
              <Button small variant="quiet" busy={remove.busy} onClick={() => void remove.run(hook.id)}>
                Remove
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {remove.problem === null ? null : <ErrorState problem={remove.problem} />}
    </section>
  );
}

function LastMessage({ hook: { deliveries } }: { readonly hook: HubHook }): ReactElement {
  const [last] = deliveries;
  if (last === undefined) return <span className="dim">nothing sent yet</span>;
  return <span className={last.problem === null ? 'dim' : 'mark-failed'}>{last.problem ?? STATES[last.state]}</span>;
}

function HookForm({ onMade, groups }: { readonly onMade: () => void; readonly groups: boolean }): ReactElement {
  const known = useCall((signal) => hub.groups.list(undefined, { signal }), []);
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [group, setGroup] = useState('');
  const [key, setKey] = useState<string | null>(null);
  const make = useAction(async () => {
    const made = await hub.hooks.create({ name, url, group: group === '' ? null : group, of: [...HubNoticeKind.options] });
    setKey(made.key);
    setName('');
    setUrl('');
    onMade();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void make.run();
  };
  const why = name.trim() === '' ? 'Write a name' : /^https?:\/\/./u.test(url) ? null : 'Give its address';
  return (
    <>
      <form className="hub-form" onSubmit={submit}>
        <label>
          <span className="small mid">Name of the webhook</span>
          <span className="field">
            <input value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
          </span>
        </label>
        <label>
          <span className="small mid">Address</span>
          <span className="field">
            <input value={url} maxLength={2000} placeholder="https://…" onChange={(event) => setUrl(event.currentTarget.value)} />
          </span>
        </label>
        {groups ? (
          <label>
            <span className="small mid">Of whom</span>
            <span className="field">
              <select value={group} onChange={(event) => setGroup(event.currentTarget.value)}>
                <option value="">Mine</option>
                {known.data?.map((each) => (
                  <option key={each.id} value={each.name}>
                    All in {each.name}
                  </option>
                ))}
              </select>
            </span>
          </label>
        ) : null}
        <Button submits busy={make.busy} disabledReason={why}>
          Add a webhook
        </Button>
      </form>
      <div className="hub-body">
        {make.problem === null ? null : <ErrorState problem={make.problem} />}
        {key === null ? null : (
          <Note>
            <div>Messages are signed with this key. Keep it now; it is not shown again.</div>
            <div className="mono hub-secret">{key}</div>
          </Note>
        )}
      </div>
    </>
  );
}
