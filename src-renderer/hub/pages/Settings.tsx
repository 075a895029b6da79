import { useState, type FormEvent, type ReactElement } from 'react';
import { hub } from '../../bridge/hub-client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { Chip, PageHead, SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, Note } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { useHubInfo } from '../hub-info.ts';
import { useFresh } from '../use-fresh.ts';
import { Badges } from './Badges.tsx';
import { Hooks } from './Hooks.tsx';
import { TokenForm } from './TokenForm.tsx';

/** One's own: how one comes in, from where one is in, and tokens for scripts. */
export function Settings(): ReactElement {
  const { me } = useHubInfo();
  return (
    <>
      <PageHead title="Settings" about={`${me.name}, ${me.login}`} />
      <div className="hub-main">
        <Sessions />
        <Tokens />
        <Hooks />
        <Badges />
        <Password />
        <OtherWay />
      </div>
    </>
  );
}

function Sessions(): ReactElement {
  const sessions = useFresh(() => hub.sessions.list(), []);
  const revoke = useAction(async (id: string) => {
    await hub.sessions.revoke({ id });
    sessions.again();
  });
  return (
    <section aria-label="Sessions">
      <SectionHead title="Where you are signed in" count={sessions.data?.length} ruled />
      {sessions.problem === null ? null : <ErrorState problem={sessions.problem} onRetry={sessions.again} />}
      <ul className="hub-lines">
        {sessions.data?.map(({ id, own, agent, address, lastSeenAt }) => (
          <li key={id}>
            <span className="ellipsis grow">{agent}</span>
            {own ? <Chip>This browser</Chip> : null}
            <span className="mono small dim">{address}</span>
            <span className="dim">
              seen <When at={lastSeenAt} />
            </span>
            <Button small variant="quiet" busy={revoke.busy} onClick={() => void revoke.run(id)}>
              End
            </Button>
          </li>
        ))}
      </ul>
      {revoke.problem === null ? null : <ErrorState problem={revoke.problem} />}
    </section>
  );
}

function Tokens(): ReactElement {
  const tokens = useFresh(() => hub.tokens.list(), []);
  const revoke = useAction(async (id: string) => {
    await hub.tokens.revoke({ id });
    tokens.again();
  });
  return (
    <section aria-label="Tokens">
      <SectionHead title="Tokens for scripts" count={tokens.data?.length} ruled />
      <TokenForm onMade={tokens.again} />
      {tokens.problem === null ? null : <ErrorState problem={tokens.problem} onRetry={tokens.again} />}
      {tokens.data?.length === 0 ? <EmptyState title="No tokens" why="A script shows one as “Authorization: Bearer …”." /> : null}
      <ul className="hub-lines">
        {tokens.data?.map(({ id, name, scopes, expiresAt, lastUsedAt }) => (
          <li key={id}>
            <span className="strong">{name}</span>
            <span className="mid">{scopes.join(', ')}</span>
            <span className="grow" />
            <span className="dim">
              {lastUsedAt === null ? 'never used' : 'used '}
              {lastUsedAt === null ? null : <When at={lastUsedAt} />}, ends <When at={expiresAt} />
            </span>
            <Button small variant="quiet" busy={revoke.busy} onClick={() => void revoke.run(id)}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {revoke.problem === null ? null : <ErrorState problem={revoke.problem} />}
    </section>
  );
}

/** Linking the account of an outside provider, where the hub has one. */
function OtherWay(): ReactElement | null {
  const ways = useCall(() => hub.sessions.ways(), []);
  const provider = ways.data?.provider ?? null;
  if (provider === null) return null;
  return (
    <section aria-label={provider.name}>
      <SectionHead title={provider.name} about="Once linked, you come in by either way." ruled />
      <div className="hub-body">
        <Button onClick={() => window.location.assign(provider.address)}>Link with {provider.name}</Button>
      </div>
    </section>
  );
}

function Password(): ReactElement {
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const [done, setDone] = useState(false);
  const change = useAction(async () => {
    await hub.sessions.changePassword({ present, next });
    setPresent('');
    setNext('');
    setDone(true);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setDone(false);
    void change.run();
  };
  return (
    <section aria-label="Password">
      <SectionHead title="Password" about="At least 12 characters, of any kind. All other sessions end." ruled />
      <form className="hub-form" onSubmit={submit}>
        <label>
          <span className="small mid">Present</span>
          <span className="field">
            <input
              type="password"
              autoComplete="current-password"
              required
              value={present}
              onChange={(event) => setPresent(event.currentTarget.value)}
            />
          </span>
        </label>
        <label>
          <span className="small mid">New</span>
          <span className="field">
            <input
              type="password"
              autoComplete="new-password"
              required
              minLength={12}
              value={next}
              onChange={(event) => setNext(event.currentTarget.value)}
            />
          </span>
        </label>
        <Button submits busy={change.busy}>
          Change
        </Button>
      </form>
      <div className="hub-body">
        {change.problem === null ? null : <ErrorState problem={change.problem} />}
        {done ? <Note>The password is changed.</Note> : null}
      </div>
    </section>
  );
}
