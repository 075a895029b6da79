import { useState, type ReactElement } from 'react';
import { enter } from '../bridge/hub-client.ts';
import { EntryField, EntryForm } from './EntryForm.tsx';

/** Comes by a one-time link; what stands behind the # goes to the hub only when the form is sent. */
export function Join(): ReactElement {
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const secret = window.location.hash.slice(1);
  const onEnter = async (): Promise<void> => {
    await enter('invitations/redeem', { secret, login, name, password });
    window.location.replace('/');
  };
  return (
    <EntryForm
      title="Join this hub"
      about="This link can be used once. Choose how you sign in from now on; a password has at least 12 characters, of any kind."
      verb="Join"
      onEnter={onEnter}
    >
      <EntryField label="Your name" value={name} onChange={setName} autoComplete="name" autoFocus />
      <EntryField label="Login" value={login} onChange={setLogin} autoComplete="username" />
      <EntryField label="Password" type="password" value={password} onChange={setPassword} autoComplete="new-password" />
    </EntryForm>
  );
}
