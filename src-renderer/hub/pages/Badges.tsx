import { Copy } from 'lucide-react';
import { useId, useState, type FormEvent, type ReactElement } from 'react';
import { hub } from '../../bridge/hub-client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, Note } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { useHubInfo } from '../hub-info.ts';
import { useFresh } from '../use-fresh.ts';

/** Addresses for pages elsewhere that say how the newest run of a name came out. */
export function Badges(): ReactElement {
  const { me } = useHubInfo();
  const badges = useFresh(() => hub.badges.list(), []);
  const remove = useAction(async (id: string) => {
    await hub.badges.remove({ id });
    badges.again();
  });
  return (
    <section aria-label="Badges">
      <SectionHead title="Badges" count={badges.data?.length} about="A page elsewhere says how the newest run came out." ruled />
      <BadgeForm onMade={badges.again} />
      {badges.problem === null ? null : <ErrorState problem={badges.problem} onRetry={badges.again} />}
      {badges.data?.length === 0 ? (
        <EmptyState title="No badges" why="A read-me or a wall board can show how runs of a name come out." />
      ) : null}
      <ul className="hub-lines">
        {badges.data?.map(({ id, name, person, createdAt }) => (
          <li key={id}>
            <span className="strong ellipsis">{name}</span>
            <span className="grow" />
            <span className="dim">
              by {person}, <When at={createdAt} />
            </span>
            {person !== me.login && me.role === 'tester' ? null : (
              <Button small variant="quiet" busy={remove.busy} onClick={() => void remove.run(id)}>
                Withdraw
              </Button>
            )}
          </li>
        ))}
      </ul>
      {remove.problem === null ? null : <ErrorState problem={remove.problem} />}
    </section>
  );
}

function BadgeForm({ onMade }: { readonly onMade: () => void }): ReactElement {
  const list = useId();
  const runs = useCall((signal) => hub.runs.list({ limit: 100 }, { signal }), []);
  const [name, setName] = useState('');
  const [made, setMade] = useState<{ image: string; latest: string } | null>(null);
  const make = useAction(async () => {
    setMade(await hub.badges.create({ name: name.trim() }));
    setName('');
    onMade();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void make.run();
  };
  return (
    <>
      <form className="hub-form" onSubmit={submit}>
        <label>
          <span className="small mid">Name of the runs</span>
          <span className="field">
            <input value={name} maxLength={200} list={list} onChange={(event) => setName(event.currentTarget.value)} />
          </span>
        </label>
        <datalist id={list}>
          {[...new Set(runs.data?.map((run) => run.name))].map((known) => (
            <option key={known} value={known} />
          ))}
        </datalist>
        <Button submits busy={make.busy} disabledReason={name.trim() === '' ? 'Say of which runs' : null}>
          Make a badge
        </Button>
      </form>
      <div className="hub-body">
        {make.problem === null ? null : <ErrorState problem={make.problem} />}
        {made === null ? null : (
          <Note>
            <div>Keep these now; they are not shown again. Who has them sees name and outcome, nothing else.</div>
            <Address label="Image" value={made.image} />
            <Address label="Newest run" value={made.latest} />
          </Note>
        )}
      </div>
    </>
  );
}

function Address({ label, value }: { readonly label: string; readonly value: string }): ReactElement {
  return (
    <div className="row tight">
      <span className="dim small">{label}</span>
      <span className="mono hub-secret grow">{value}</span>
      <Button
        small
        variant="quiet"
        icon={<Copy />}
        label={`Copy the address: ${label}`}
        onClick={() => void navigator.clipboard.writeText(value)}
      />
    </div>
  );
}
