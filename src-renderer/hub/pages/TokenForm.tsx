import { useState, type FormEvent, type ReactElement } from 'react';
import { HubScope } from '../../../src-shared/model/hub-people.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState, Note } from '../../kit/States.tsx';

const WHAT: Readonly<Record<HubScope, string>> = { read: 'Read', use: 'Reserve and use', manage: 'Manage' };
const DAYS = [7, 30, 90, 366];

/** Makes a token and shows it once. */
export function TokenForm({ onMade }: { readonly onMade: () => void }): ReactElement {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly HubScope[]>(['read']);
  const [days, setDays] = useState(30);
  const [secret, setSecret] = useState<string | null>(null);
  const make = useAction(async () => {
    const made = await hub.tokens.create({ name, scopes: [...scopes], days });
    setSecret(made.secret);
    setName('');
    onMade();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void make.run();
  };
  const toggle = (scope: HubScope): void =>
    setScopes((before) => (before.includes(scope) ? before.filter((one) => one !== scope) : [...before, scope]));
  const why = name.trim() === '' ? 'Write a name' : scopes.length === 0 ? 'Choose what it may do' : null;
  return (
    <>
      <form className="hub-form" onSubmit={submit}>
        <label>
          <span className="small mid">Name</span>
          <span className="field">
            <input value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
          </span>
        </label>
        {HubScope.options.map((scope) => (
          <label key={scope} className="row tight">
            <span className="row tight">
              <input type="checkbox" checked={scopes.includes(scope)} onChange={() => toggle(scope)} />
              {WHAT[scope]}
            </span>
          </label>
        ))}
        <label>
          <span className="small mid">For</span>
          <span className="field" style={{ width: 104 }}>
            <select value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
              {DAYS.map((count) => (
                <option key={count} value={count}>
                  {count} days
                </option>
              ))}
            </select>
          </span>
        </label>
        <Button submits busy={make.busy} disabledReason={why}>
          Make a token
        </Button>
      </form>
      <div className="hub-body">
        {make.problem === null ? null : <ErrorState problem={make.problem} />}
        {secret === null ? null : (
          <Note>
            <div>Keep this now; it is not shown again.</div>
            <div className="mono hub-secret">{secret}</div>
          </Note>
        )}
      </div>
    </>
  );
}
