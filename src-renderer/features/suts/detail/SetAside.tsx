import { useState, type FormEvent, type ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState, Note } from '../../../kit/States.tsx';
import { TextField } from '../form/TextField.tsx';

interface Props {
  readonly sut: Sut;
  readonly kind: 'maintenance' | 'quarantine';
  readonly onDone: () => void;
}

const WORDS = {
  maintenance: { label: 'Why it is in maintenance', verb: 'Begin maintenance', placeholder: 'New power supply' },
  quarantine: { label: 'Evidence against the machine', verb: 'Quarantine it', placeholder: 'Fails here, passes on three others' },
};

const set = ({ id }: Sut, kind: Props['kind'], text: string): Promise<Sut> =>
  kind === 'maintenance' ? client.suts.setMaintenance({ id, reason: text }) : client.suts.setQuarantine({ id, evidence: text });

/** Sets a machine aside, with the reason that everybody reads. */
export function SetAside({ sut, kind, onDone }: Props): ReactElement {
  const [text, setText] = useState('');
  const action = useAction(() => set(sut, kind, text.trim()));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') void action.run().then((done) => done !== null && onDone());
  };
  const { label, verb, placeholder } = WORDS[kind];
  return (
    <form className="column set-aside" onSubmit={submit}>
      <TextField label={label} value={text} placeholder={placeholder} onChange={setText} autoFocus />
      {action.problem === null ? null : <ErrorState problem={action.problem} />}
      <div className="row">
        <Button submits busy={action.busy} disabledReason={text.trim() === '' ? 'Say why first.' : null}>
          {verb}
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** Says that it is set aside, by whom and why, and ends it. */
export function AsideNotes({ sut }: { readonly sut: Sut }): ReactElement | null {
  const end = useAction((kind: Props['kind']) => set(sut, kind, ''));
  const { maintenance, quarantine } = sut;
  if (maintenance === null && quarantine === null) return null;
  const button = (kind: Props['kind'], words: string): ReactElement => (
    <Button small busy={end.busy} onClick={() => void end.run(kind)}>
      {words}
    </Button>
  );
  return (
    <>
      {quarantine === null ? null : (
        <Note tone="warn" actions={button('quarantine', 'End quarantine')}>
          In quarantine by {quarantine.by}: {quarantine.evidence}
        </Note>
      )}
      {maintenance === null ? null : (
        <Note actions={button('maintenance', 'End maintenance')}>
          In maintenance by {maintenance.by}: {maintenance.reason}
        </Note>
      )}
      {end.problem === null ? null : <ErrorState problem={end.problem} />}
    </>
  );
}
