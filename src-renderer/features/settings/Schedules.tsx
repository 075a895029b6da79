import { useState, type FormEvent, type ReactElement } from 'react';
import { Link } from 'wouter';
import { MissedPolicy, type Schedule } from '../../../src-shared/model/schedule.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { formatStart } from '../../kit/format.ts';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useNow } from '../../kit/use-now.ts';
import { SectionTitle } from './General.tsx';
import { Setting } from './Setting.tsx';

/** Plans that start by themselves: when next, how the last start went. */
export function Schedules(): ReactElement {
  const asked = useCall((signal) => client.schedules.list(undefined, { signal }), []);
  const [changed, setChanged] = useState<Schedule[] | null>(null);
  const schedules = changed ?? asked.data;
  return (
    <>
      <SectionTitle title="Schedules" />
      <div className="setting-list">
        {schedules === null && asked.problem === null ? <LoadingShape rows={3} /> : null}
        {schedules === null && asked.problem !== null ? <ErrorState problem={asked.problem} onRetry={asked.again} /> : null}
        {schedules?.length === 0 ? (
          <div className="page-body">
            <EmptyState title="No schedule yet" why="A schedule starts a plan by itself, every night for example." />
          </div>
        ) : null}
        {(schedules ?? []).map((schedule) => (
          <OneSchedule key={schedule.id} schedule={schedule} onChanged={setChanged} />
        ))}
        <NewSchedule onChanged={setChanged} />
      </div>
    </>
  );
}

type OnChanged = (schedules: Schedule[]) => void;

function OneSchedule({ schedule, onChanged }: { readonly schedule: Schedule; readonly onChanged: OnChanged }): ReactElement {
  const now = useNow('minute');
  const { id, planName, lastRunId, lastAt, problem, next, by, ...content } = schedule;
  const save = useAction(async () => onChanged(await client.schedules.save({ id, content: { ...content, enabled: !content.enabled } })));
  const remove = useAction(async () => onChanged(await client.schedules.remove({ id })));
  const failed = save.problem ?? remove.problem;
  return (
    <Setting
      title={content.name}
      about={
        <>
          <span className="mono">{content.cron}</span> {content.zone}, plan {planName ?? 'that is gone'}
          {content.suts.length === 0 ? '' : `, on ${content.suts.join(', ')}`}, started as {by}. {MISSED[content.missed]}
        </>
      }
    >
      <span className="figures">{next.length === 0 ? 'Off' : `Next ${next.map((at) => formatStart(at, now)).join(', ')}`}</span>
      {lastAt === null ? null : (
        <span className="dim small">
          Last {formatStart(lastAt, now)} {lastRunId === null ? null : <Link href={addresses.run(lastRunId)}>its run</Link>}
        </span>
      )}
      {problem === null ? null : <span className="mark-failed small">{problem}</span>}
      <span className="row tight">
        <Button small busy={save.busy} onClick={() => void save.run()}>
          {content.enabled ? 'Switch off' : 'Switch on'}
        </Button>
        <Button small variant="quiet" busy={remove.busy} onClick={() => void remove.run()}>
          Remove
        </Button>
      </span>
      {failed === null ? null : <ErrorState problem={failed} />}
    </Setting>
  );
}

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const FRESH = { name: '', cron: '30 2 * * 1-5', zone: HERE, planId: '', suts: '', missed: 'skip' as MissedPolicy };
const MISSED: Readonly<Record<MissedPolicy, string>> = {
  skip: 'Missed starts are skipped',
  once: 'Missed starts: one when back',
  all: 'Missed starts: each, ten at most',
};
const FIELDS = [
  { key: 'name', label: 'Name of the schedule', hint: 'Nightly' },
  { key: 'cron', label: 'Minute, hour, day, month, weekday', hint: '30 2 * * 1-5' },
  { key: 'zone', label: 'Time zone', hint: 'Europe/Berlin' },
  { key: 'suts', label: 'Machines', hint: 'Names with commas, empty for those of the plan' },
] as const;

function NewSchedule({ onChanged }: { readonly onChanged: OnChanged }): ReactElement {
  const now = useNow('minute');
  const plans = useCall((signal) => client.plans.list(undefined, { signal }), []);
  const [draft, setDraft] = useState(FRESH);
  const next = useCall((signal) => client.schedules.preview({ cron: draft.cron, zone: draft.zone }, { signal }), [draft.cron, draft.zone]);
  const add = useAction(async () => {
    const suts = draft.suts.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
    onChanged(await client.schedules.save({ content: { ...draft, suts } }));
    setDraft(FRESH);
  });
  const why =
    draft.name.trim() === '' ? 'Give it a name' : draft.planId === '' ? 'Choose a plan' : next.problem === null ? null : 'Say when';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (why === null) void add.run();
  };
  return (
    <Setting
      title="Add a schedule"
      about="The plan starts as if you had pressed Run: its machines are reserved for it, and what stands in its way is said here."
    >
      <form className="column settings-form" onSubmit={submit}>
        {FIELDS.map(({ key, label, hint }) => (
          <label key={key} className="field">
            <input
              aria-label={label}
              placeholder={hint}
              title={label}
              value={draft[key]}
              onChange={(event) => setDraft({ ...draft, [key]: event.currentTarget.value })}
            />
          </label>
        ))}
        <label className="field">
          <select
            className="plan-choice"
            aria-label="Plan"
            value={draft.planId}
            onChange={(event) => setDraft({ ...draft, planId: event.currentTarget.value })}
          >
            <option value="">Choose a plan</option>
            {(plans.data ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <select
            className="plan-choice"
            aria-label="Missed starts"
            value={draft.missed}
            onChange={(event) => setDraft({ ...draft, missed: MissedPolicy.parse(event.currentTarget.value) })}
          >
            {MissedPolicy.options.map((policy) => (
              <option key={policy} value={policy}>
                {MISSED[policy]}
              </option>
            ))}
          </select>
        </label>
        <span className={`small figures ${next.problem === null ? 'dim' : 'mark-failed'}`} role="status">
          {next.problem?.message ?? `Next ${(next.data ?? []).map((at) => formatStart(at, now)).join(', ')}`}
        </span>
        <span>
          <Button small submits busy={add.busy} disabledReason={why}>
            Add
          </Button>
        </span>
      </form>
      {add.problem === null ? null : <ErrorState problem={add.problem} />}
    </Setting>
  );
}
