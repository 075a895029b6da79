import { useEffect, useState, type ReactElement } from 'react';
import { enter, waysIn } from '../bridge/hub-client.ts';
import { Button } from '../kit/Button.tsx';
import { EntryField, EntryForm } from './EntryForm.tsx';

/** Why the provider's word was not enough, by the code that the hub sends back. */
const REFUSED: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'The sign-in took too long or was not confirmed. Begin again.',
  FORBIDDEN: 'You are known there, but not let in here. Ask an administrator of this hub.',
  CONFLICT: 'Somebody has this login here already. If that is you, sign in with the password and link the two under Settings.',
  HUB_OFFLINE: 'The provider does not answer. Try again later, or sign in with a password.',
};

export function SignIn(): ReactElement {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [provider, setProvider] = useState<{ name: string; address: string } | null>(null);
  useEffect(
    () =>
      void waysIn().then(
        (ways) => setProvider(ways.provider),
        () => undefined,
      ),
    [],
  );
  const refused = new URLSearchParams(window.location.search).get('refused');
  const onEnter = async (): Promise<void> => {
    await enter('sessions', { login, password });
    if (refused === null) window.location.reload();
    else window.location.replace('/');
  };
  return (
    <EntryForm title="Sign in" about={`To the hub at ${window.location.host}.`} verb="Sign in" onEnter={onEnter}>
      {refused === null ? null : (
        <p className="small mark-failed" role="alert">
          {REFUSED[refused] ?? 'The sign-in did not work. Try again.'}
        </p>
      )}
      {provider === null ? null : <Button onClick={() => window.location.assign(provider.address)}>Sign in with {provider.name}</Button>}
      <EntryField label="Login" value={login} onChange={setLogin} autoComplete="username" autoFocus />
      <EntryField label="Password" type="password" value={password} onChange={setPassword} autoComplete="current-password" />
    </EntryForm>
  );
}
