import { useState, type FormEvent, type ReactElement } from 'react';
import type { RunTriage, TriageMark } from '../../../../src-shared/model/triage.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { Segments } from '../../../kit/Segments.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { MARK_WORDS } from './use-triage.ts';

const KINDS = (['comment', 'label', 'issue'] as const).map((value) => ({ value, label: MARK_WORDS[value] }));
const PLACEHOLDERS: Readonly<Record<TriageMark['kind'], string>> = {
  comment: 'What should the next reader know?',
  label: 'release, infrastructure, flaky',
  issue: 'LAB-123',
};

interface Props {
  readonly runId: string;
  readonly onMarked: (triage: RunTriage) => void;
}

export function MarkForm({ runId, onMarked }: Props): ReactElement {
  const [kind, setKind] = useState<TriageMark['kind']>('comment');
  const [text, setText] = useState('');
  const add = useAction(async () => {
    onMarked(await client.triage.mark({ runId, kind, text }));
    setText('');
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') void add.run();
  };
  return (
    <form className="triage-form" onSubmit={submit}>
      <div className="row tight">
        <Segments label="Kind of note" value={kind} segments={KINDS} onChange={setKind} />
        <label className="field grow">
          <input
            aria-label={MARK_WORDS[kind]}
            placeholder={PLACEHOLDERS[kind]}
            value={text}
            maxLength={kind === 'comment' ? 4000 : 100}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <Button submits busy={add.busy} disabledReason={text.trim() === '' ? 'Write something' : null}>
          Add
        </Button>
      </div>
      {add.problem === null ? null : <ErrorState problem={add.problem} />}
    </form>
  );
}
