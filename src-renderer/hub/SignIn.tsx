import { useState, type ReactElement } from 'react';
import { enter } from '../bridge/hub-client.ts';
import { EntryField, EntryForm } from './EntryForm.tsx';

export function SignIn(): ReactElement {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const onEnter = async (): Promise<void> => {
    await enter('sessions', { login, password });
    window.location.reload();
  };
  return (
    <EntryForm title="Sign in" about={`To the hub at ${window.location.host}.`} verb="Sign in" onEnter={onEnter}>
      <EntryField label="Login" value={login} onChange={setLogin} autoComplete="username" autoFocus />
      <EntryField label="Password" type="password" value={password} onChange={setPassword} autoComplete="current-password" />
    </EntryForm>
  );
}
