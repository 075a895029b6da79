import { useState, type FormEvent, type ReactElement } from 'react';
import type { HubStatus } from '../../../src-shared/model/hub-link.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { ErrorState } from '../../kit/States.tsx';

/** Address and one-time code; the key pair is made here and its secret part stays here. */
export function Connect({ onChanged }: { readonly onChanged: (status: HubStatus) => void }): ReactElement {
  const [url, setUrl] = useState('');
  const [code, setCode] = useState('');
  const connect = useAction(async () => onChanged(await client.hub.connect({ url, code })));
  const missing = url.trim() === '' ? 'Write the address of the hub' : code.trim() === '' ? 'Write the code' : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (missing === null) void connect.run();
  };
  return (
    <section aria-label="Connect to a hub">
      <SectionHead title="Connect to a hub" />
      <p className="mid hub-about">
        A hub lets people elsewhere find machines of this harness and ask for them. This computer calls the hub, nobody calls this computer;
        which machine is given to whom is decided here. Without a hub everything else works as it does now.
      </p>
      <form className="hub-form" onSubmit={submit}>
        <label className="column">
          <span className="small mid">Address</span>
          <span className="field">
            <input
              value={url}
              spellCheck={false}
              placeholder="https://hub.example.org"
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
          </span>
        </label>
        <label className="column">
          <span className="small mid">One-time code of an administrator of the hub</span>
          <span className="field">
            <input
              className="mono"
              value={code}
              spellCheck={false}
              autoComplete="off"
              placeholder="ABCD-EFGH-JKMN-PQRS"
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          </span>
        </label>
        <Button submits variant="primary" busy={connect.busy} disabledReason={missing}>
          Connect
        </Button>
      </form>
      {connect.problem === null ? null : <ErrorState problem={connect.problem} />}
    </section>
  );
}
