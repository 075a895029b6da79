import { useState, type FormEvent, type ReactElement } from 'react';
import { HubRole, type HubPerson } from '../../../src-shared/model/hub-people.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { PageHead, SectionHead } from '../../kit/Page.tsx';
import { ErrorState, LoadingShape, Note } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { useFresh } from '../use-fresh.ts';
import { Groups } from './Groups.tsx';

/** For administrators: who is here, who is invited, who did what. */
export function People(): ReactElement {
  const people = useFresh(() => hub.people.list(), []);
  return (
    <>
      <PageHead title="People" about={people.data?.length} />
      <div className="hub-main">
        <Invite />
        {people.problem === null ? null : <ErrorState problem={people.problem} onRetry={people.again} />}
        {people.data === null && people.problem === null ? <LoadingShape /> : null}
        <ul className="hub-lines">
          {people.data?.map((person) => (
            <PersonLine key={person.id} person={person} onChanged={people.again} />
          ))}
        </ul>
        <Groups />
        <Audit />
      </div>
    </>
  );
}

function Invite(): ReactElement {
  const [role, setRole] = useState<HubRole>('tester');
  const [note, setNote] = useState('');
  const [link, setLink] = useState<string | null>(null);
  const invite = useAction(async () => {
    const { secret } = await hub.invitations.create({ role, note });
    setLink(`${window.location.origin}/join#${secret}`);
    setNote('');
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void invite.run();
  };
  return (
    <section aria-label="Invite somebody">
      <form className="hub-form" onSubmit={submit}>
        <label>
          <span className="small mid">For whom</span>
          <span className="field">
            <input value={note} maxLength={200} onChange={(event) => setNote(event.currentTarget.value)} />
          </span>
        </label>
        <label>
          <span className="small mid">As</span>
          <RoleSelect label="Role of the invited" value={role} onChange={setRole} />
        </label>
        <Button submits busy={invite.busy}>
          Make a one-time link
        </Button>
      </form>
      <div className="hub-body">
        {invite.problem === null ? null : <ErrorState problem={invite.problem} />}
        {link === null ? null : (
          <Note>
            <div>Send this to the person. It works once, within three days, and is not shown again.</div>
            <div className="mono hub-secret">{link}</div>
          </Note>
        )}
      </div>
    </section>
  );
}

function PersonLine({ person, onChanged }: { readonly person: HubPerson; readonly onChanged: () => void }): ReactElement {
  const change = useAction(async (what: { role?: HubRole; disabled?: boolean }) => {
    await hub.people.change({ id: person.id, ...what });
    onChanged();
  });
  return (
    <li>
      <span className={person.disabled ? 'dim' : 'strong'}>{person.name}</span>
      <span className="dim">{person.login}</span>
      {person.disabled ? <span className="mid">shut out</span> : null}
      <span className="grow" />
      <RoleSelect label={`Role of ${person.name}`} value={person.role} onChange={(role) => void change.run({ role })} />
      <Button small variant="quiet" busy={change.busy} onClick={() => void change.run({ disabled: !person.disabled })}>
        {person.disabled ? 'Let in again' : 'Shut out'}
      </Button>
      {change.problem === null ? null : (
        <span className="wide small mark-failed" role="alert">
          {change.problem.message}
        </span>
      )}
    </li>
  );
}

interface RoleProps {
  readonly label: string;
  readonly value: HubRole;
  readonly onChange: (role: HubRole) => void;
}

function RoleSelect({ label, value, onChange }: RoleProps): ReactElement {
  return (
    <span className="field" style={{ width: 112 }}>
      <select aria-label={label} value={value} onChange={(event) => onChange(HubRole.parse(event.currentTarget.value))}>
        {HubRole.options.map((role) => (
          <option key={role}>{role}</option>
        ))}
      </select>
    </span>
  );
}

function Audit(): ReactElement {
  const entries = useFresh(() => hub.audit.list({ limit: 100 }), []);
  return (
    <section aria-label="Who did what">
      <SectionHead title="Who did what" about="The newest hundred deeds" ruled />
      {entries.problem === null ? null : <ErrorState problem={entries.problem} onRetry={entries.again} />}
      <ul className="hub-lines">
        {entries.data?.map(({ id, at, person, deed, subject, outcome, address }) => (
          <li key={id}>
            <When at={at} />
            <span>{person === '' ? 'A visitor' : person}</span>
            <span className="mono mid">{deed}</span>
            <span className="ellipsis">{subject}</span>
            <span className="grow" />
            <span className={outcome === 'done' ? 'dim' : 'mark-failed'}>{outcome}</span>
            <span className="dim small mono">{address}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
