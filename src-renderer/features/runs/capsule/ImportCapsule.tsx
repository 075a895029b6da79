import { Check, PackageOpen, X } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { useAction } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import { chooseCapsule, type ImportedRun } from './import-capsule.ts';

interface CapsuleImport {
  readonly button: ReactElement;
  /** What goes on or came of it; null: nothing was asked for. */
  readonly strip: ReactElement | null;
}

/** Takes a run in that was executed on another harness: the button for it, and a strip that says what came of it. */
export function useCapsuleImport(): CapsuleImport {
  const [step, setStep] = useState('');
  const [imported, setImported] = useState<ImportedRun | null>(null);
  const choose = useAction(async () => {
    setImported(null);
    setStep('');
    setImported(await chooseCapsule(setStep));
  });
  const button = (
    <Button variant="quiet" icon={<PackageOpen />} busy={choose.busy} onClick={() => void choose.run()}>
      Import capsule
    </Button>
  );
  const close = (
    <Button
      variant="quiet"
      small
      icon={<X />}
      label="Close"
      onClick={() => {
        setImported(null);
        choose.clear();
      }}
    />
  );
  if (choose.busy && step !== '') return { button, strip: <Strip icon={<VerdictIcon mark="running" decorative />} text={step} /> };
  if (choose.problem !== null) return { button, strip: <ErrorState problem={choose.problem} actions={close} /> };
  if (imported === null) return { button, strip: null };
  const open = (
    <Link className="button small" href={addresses.run(imported.runId)}>
      Open run
    </Link>
  );
  const actions = (
    <>
      {open}
      {close}
    </>
  );
  const strip = (
    <Strip icon={<Check className="mark-passed" aria-hidden />} text={imported.name} notes={imported.notes} actions={actions} />
  );
  return { button, strip };
}

interface StripProps {
  readonly icon: ReactElement;
  readonly text: string;
  readonly notes?: readonly string[];
  readonly actions?: ReactElement;
}

function Strip({ icon, text, notes = [], actions }: StripProps): ReactElement {
  return (
    <section className="import-strip in-page" aria-label="Capsule import" aria-live="polite">
      <div className="row">
        {icon}
        <span className="strong ellipsis">{text}</span>
        <span className="grow" />
        {actions}
      </div>
      {notes.length === 0 ? null : (
        <ul className="mid small" aria-label="What is to be done here">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
