import { useState, type FormEvent, type ReactElement } from 'react';
import type { IssueTracker, KnownFailure } from '../../../src-shared/model/triage.ts';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { formatStart } from '../../kit/format.ts';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useNow } from '../../kit/use-now.ts';
import { SectionTitle } from './General.tsx';
import { Setting } from './Setting.tsx';

/** Rules that explain failures, which of them have nothing to explain any more, and where issues are found. */
export function KnownFailures(): ReactElement {
  const asked = useCall((signal) => client.triage.rules(undefined, { signal }), []);
  const [changed, setChanged] = useState<KnownFailure[] | null>(null);
  const rules = changed ?? asked.data;
  return (
    <>
      <SectionTitle title="Known failures" />
      <div className="setting-list">
        {rules === null && asked.problem === null ? <LoadingShape rows={3} /> : null}
        {rules === null && asked.problem !== null ? <ErrorState problem={asked.problem} onRetry={asked.again} /> : null}
        {rules?.length === 0 ? (
          <div className="page-body">
            {' '}
            <EmptyState
              title="No known failure yet"
              why="Open a failure on the report of a run and make it one: later runs then say it themselves."
            />
          </div>
        ) : null}
        {(rules ?? []).map((rule) => (
          <Rule key={rule.id} rule={rule} onChanged={setChanged} />
        ))}
        <Trackers />
      </div>
    </>
  );
}

function Rule({ rule, onChanged }: { readonly rule: KnownFailure; readonly onChanged: (rules: KnownFailure[]) => void }): ReactElement {
  const now = useNow('minute');
  const remove = useAction(async () => onChanged(await client.triage.removeRule({ id: rule.id })));
  const where = [rule.test === '' ? 'any test' : rule.test, rule.sut === '' ? 'any machine' : rule.sut].join(', on ');
  return (
    <Setting
      title={`${rule.title}${rule.issue === '' ? '' : ` (${rule.issue})`}`}
      about={
        <>
          <span className="mono">{rule.message}</span>
          <br />
          {where}
        </>
      }
    >
      <span className="figures">
        {formatAmount(rule.matches, 'failure')} explained{rule.lastMatchAt === null ? '' : `, last ${formatStart(rule.lastMatchAt, now)}`}
      </span>
      {rule.clearRuns === 0 ? null : (
        <span className="mark-skipped">Its tests passed in the last {formatAmount(rule.clearRuns, 'run')}: it may be fixed.</span>
      )}
      <Button small busy={remove.busy} onClick={() => void remove.run()}>
        Remove
      </Button>
      {remove.problem === null ? null : <ErrorState problem={remove.problem} />}
    </Setting>
  );
}

function Trackers(): ReactElement {
  const asked = useCall((signal) => client.triage.trackers(undefined, { signal }), []);
  const [changed, setChanged] = useState<IssueTracker[] | null>(null);
  const [prefix, setPrefix] = useState('');
  const [url, setUrl] = useState('');
  const trackers = changed ?? asked.data ?? [];
  const save = useAction(async (next: IssueTracker[]) => {
    setChanged(await client.triage.saveTrackers({ trackers: next }));
    setPrefix('');
    setUrl('');
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (prefix !== '' && url !== '') void save.run([...trackers, { prefix, url }]);
  };
  return (
    <Setting
      title="Issue trackers"
      about="Issues that begin so become links. {issue} stands for the whole name, {rest} for what follows the beginning."
    >
      {trackers.map((tracker) => (
        <span key={tracker.prefix} className="row tight">
          <span className="mono">{tracker.prefix}</span>
          <span className="dim small ellipsis" title={tracker.url}>
            {tracker.url}
          </span>
          <Button small variant="quiet" onClick={() => void save.run(trackers.filter((each) => each !== tracker))}>
            Remove
          </Button>
        </span>
      ))}
      <form className="column settings-form" onSubmit={submit}>
        <label className="field">
          <input
            aria-label="Issues begin with"
            placeholder="LAB-"
            value={prefix}
            onChange={(event) => setPrefix(event.currentTarget.value)}
          />
        </label>
        <label className="field">
          <input
            aria-label="Address of an issue"
            placeholder="https://tracker/browse/{issue}"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
        </label>
        <span>
          <Button small submits busy={save.busy} disabledReason={prefix === '' || url === '' ? 'Write both' : null}>
            Add
          </Button>
        </span>
      </form>
      {save.problem === null ? null : <ErrorState problem={save.problem} />}
    </Setting>
  );
}
