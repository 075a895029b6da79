import { useState, type FormEvent, type ReactElement } from 'react';
import type { HubGroup } from '../../../src-shared/model/hub-people.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState } from '../../kit/States.tsx';
import { useFresh } from '../use-fresh.ts';

/** For administrators: groups of people, with whom labs share their machines. */
export function Groups(): ReactElement {
  const groups = useFresh(() => hub.groups.list(), []);
  const [name, setName] = useState('');
  const [members, setMembers] = useState('');
  const save = useAction(async () => {
    await hub.groups.save({ name, members: members.split(/[\s,]+/u).filter(Boolean) });
    setName('');
    setMembers('');
    groups.again();
  });
  const remove = useAction(async (id: string) => {
    await hub.groups.remove({ id });
    groups.again();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  const edit = (group: HubGroup): void => {
    setName(group.name);
    setMembers(group.members.join(', '));
  };
  return (
    <section aria-label="Groups">
      <SectionHead title="Groups" count={groups.data?.length} about="Labs may share a machine with some groups only" ruled />
      <form className="hub-form" onSubmit={submit}>
        <label>
          <span className="small mid">Group</span>
          <span className="field">
            <input required value={name} maxLength={100} onChange={(event) => setName(event.currentTarget.value)} />
          </span>
        </label>
        <label className="grow">
          <span className="small mid">Logins, with commas</span>
          <span className="field">
            <input value={members} onChange={(event) => setMembers(event.currentTarget.value)} />
          </span>
        </label>
        <Button submits busy={save.busy}>
          Save group
        </Button>
      </form>
      {[groups.problem, save.problem, remove.problem].map((problem, index) =>
        problem === null ? null : <ErrorState key={index} problem={problem} onRetry={groups.again} />,
      )}
      {groups.data?.length === 0 ? <EmptyState title="No groups" why="Without any, what a lab shares is for everybody here." /> : null}
      <ul className="hub-lines">
        {groups.data?.map((group) => (
          <li key={group.id}>
            <span className="strong">{group.name}</span>
            <span className="mid ellipsis grow">{group.members.length === 0 ? 'nobody' : group.members.join(', ')}</span>
            <Button small variant="quiet" onClick={() => edit(group)}>
              Change
            </Button>
            <ConfirmButton
              small
              variant="quiet"
              title={`Delete the group ${group.name}?`}
              harm="Machines that labs share with this group only can then be asked for by nobody of it."
              verb="Delete it"
              safe="Keep it"
              onConfirm={() => void remove.run(group.id)}
            >
              Delete
            </ConfirmButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
