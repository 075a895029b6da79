import { useState, type FormEvent, type ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState, Note } from '../../../kit/States.tsx';
import { TextField } from '../form/TextField.tsx';

type Kind = 'maintenance' | 'quarantine' | 'endQuarantine';

interface Props {
  readonly sut: Sut;
  readonly kind: Kind;
  readonly onDone: () => void;
}

const WORDS: Record<Kind, { label: string; verb: string; placeholder: string }> = {
  maintenance: { label: 'Why it is in maintenance', verb: 'Begin maintenance', placeholder: 'New power supply' },
  quarantine: { label: 'Evidence against the machine', verb: 'Quarantine it', placeholder: 'Fails here, passes on three others' },
  endQuarantine: { label: 'What was found or repaired', verb: 'End quarantine', placeholder: 'Memory module replaced, burn-in passed' },
};

function set({ id }: Sut, kind: Kind, text: string): Promise<Sut> {
  if (kind === 'maintenance') return client.suts.setMaintenance({ id, reason: text });
  return client.suts.setQuarantine(kind === 'quarantine' ? { id, evidence: text } : { id, evidence: '', note: text });
}

/** Sets a machine aside, with the reason that everybody reads, or ends quarantine with what was found. */
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
      {kind !== 'endQuarantine' && sut.inUse !== null ? (
        <p className="dim">The run {sut.inUse.runName} goes on with it; no other run and no new reservation gets it.</p>
      ) : null}
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

/** Says that it is set aside, by whom and why, and ends it; a run that goes on with it may be stopped here. */
export function AsideNotes({ sut }: { readonly sut: Sut }): ReactElement | null {
  const [ending, setEnding] = useState(false);
  const end = useAction(() => client.suts.setMaintenance({ id: sut.id, reason: '' }));
  const { maintenance, quarantine, inUse } = sut;
  if (maintenance === null && quarantine === null) return null;
  return (
    <>
      {quarantine === null ? null : (
        <Note
          tone="warn"
          actions={
            ending ? null : (
              <Button small onClick={() => setEnding(true)}>
                End quarantine
              </Button>
            )
          }
        >
          In quarantine by {quarantine.by}: {quarantine.evidence}
        </Note>
      )}
      {ending && quarantine !== null ? <SetAside sut={sut} kind="endQuarantine" onDone={() => setEnding(false)} /> : null}
      {maintenance === null ? null : (
        <Note
          actions={
            <Button small busy={end.busy} onClick={() => void end.run()}>
              End maintenance
            </Button>
          }
        >
          In maintenance by {maintenance.by}: {maintenance.reason}
        </Note>
      )}
      {inUse === null ? null : <StillRunning name={sut.name} run={inUse} />}
      {end.problem === null ? null : <ErrorState problem={end.problem} />}
    </>
  );
}

/** What ran when it was set aside goes on: whether it is worth anything is for a person to say. */
function StillRunning({ name, run }: { readonly name: string; readonly run: NonNullable<Sut['inUse']> }): ReactElement {
  const stop = useAction(() => client.runs.stop({ id: run.runId, reason: `${name} was set aside.` }));
  return (
    <>
      <Note
        actions={
          <Button small variant="danger" busy={stop.busy} onClick={() => void stop.run()}>
            Stop the run
          </Button>
        }
      >
        The run {run.runName} was going on and still does.
      </Note>
      {stop.problem === null ? null : <ErrorState problem={stop.problem} />}
    </>
  );
}
