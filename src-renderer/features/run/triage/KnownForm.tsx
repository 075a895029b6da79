import { useState, type FormEvent, type ReactElement } from 'react';
import type { Run } from '../../../../src-shared/model/run.ts';
import type { KnownFailureInput } from '../../../../src-shared/model/triage.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { sharedMessage, type FailureCluster } from '../report/cluster-failures.ts';

/** As a rule takes it: what varies within the cluster is a star. */
export function patternOf(cluster: FailureCluster): string {
  const parts = sharedMessage(cluster).map(({ text, values }) => (values === null ? text : '*'));
  return (parts.join('').split('\n', 1)[0] ?? '').trim().slice(0, 1000);
}

interface Props {
  readonly run: Run;
  readonly cluster: FailureCluster;
  readonly onDone: () => void;
}

const FIELDS = [
  { key: 'title', label: 'What is it?', hint: 'Named in every run that has it' },
  { key: 'message', label: 'Its message', hint: '* stands for what varies' },
  { key: 'issue', label: 'Issue', hint: 'LAB-123, may be empty' },
  { key: 'test', label: 'Only these tests', hint: 'Long name with *, empty for all' },
  { key: 'sut', label: 'Only this machine', hint: 'Its name, empty for all' },
] as const;

/** From here on, runs that fail so say it themselves. */
export function KnownForm({ run, cluster, onDone }: Props): ReactElement {
  const [rule, setRule] = useState<KnownFailureInput>({ title: '', message: patternOf(cluster), test: '', sut: '', issue: '' });
  const save = useAction(async () => {
    await client.triage.saveRule({ content: rule });
    onDone();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (rule.title.trim() !== '') void save.run();
  };
  return (
    <form className="known-form" aria-label={`Known failure in ${run.name}`} onSubmit={submit}>
      {FIELDS.map(({ key, label, hint }) => (
        <label key={key} className="field">
          <span className="dim small">{label}</span>
          <input
            className={key === 'message' || key === 'test' ? 'mono' : ''}
            aria-label={label}
            placeholder={hint}
            value={rule[key]}
            onChange={(event) => setRule({ ...rule, [key]: event.currentTarget.value })}
          />
        </label>
      ))}
      {save.problem === null ? null : <ErrorState problem={save.problem} />}
      <div className="row tight">
        <Button submits busy={save.busy} disabledReason={rule.title.trim() === '' ? 'Say what it is' : null}>
          Remember this failure
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
