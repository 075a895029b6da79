import { useState, type ReactElement } from 'react';
import type { RetentionPolicy } from '../../../src-shared/model/retention.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { Segments } from '../../kit/Segments.tsx';
import { ErrorState, LoadingShape } from '../../kit/States.tsx';
import { SectionTitle } from './General.tsx';
import { RetentionPreview } from './RetentionPreview.tsx';
import { NumberField, Setting } from './Setting.tsx';

const GB = 1_000_000_000;

interface Limit {
  readonly key: Exclude<keyof RetentionPolicy, 'nightly'>;
  readonly title: string;
  readonly about: string;
  readonly unit: string;
  readonly factor: number;
  readonly usual: number;
}

const LIMITS: readonly Limit[] = [
  { key: 'runDays', title: 'Runs by age', about: 'Older runs go as a whole.', unit: 'days', factor: 1, usual: 365 },
  { key: 'runCount', title: 'Runs by number', about: 'Of more runs the oldest go.', unit: 'runs', factor: 1, usual: 10_000 },
  { key: 'runBytes', title: 'Runs by size', about: 'When all runs take more, the oldest go.', unit: 'GB', factor: GB, usual: 100 },
  {
    key: 'reportDays',
    title: 'Reports',
    about: "Robot's files and attachments. Verdicts and the tree stay.",
    unit: 'days',
    factor: 1,
    usual: 90,
  },
  {
    key: 'recordDays',
    title: 'Records',
    about: 'Keywords and messages. Verdicts and messages of failed tests stay.',
    unit: 'days',
    factor: 1,
    usual: 180,
  },
  { key: 'consoleDays', title: 'Consoles', about: 'What Robot said on the console.', unit: 'days', factor: 1, usual: 30 },
];

/** What of old runs is kept. Changing a limit removes nothing: what would go is shown first. */
export function Retention(): ReactElement {
  const asked = useCall((signal) => client.retention.policy(undefined, { signal }), []);
  const [changed, setChanged] = useState<RetentionPolicy | null>(null);
  const save = useAction(async (policy: RetentionPolicy) => setChanged(await client.retention.savePolicy(policy)));
  const policy = changed ?? asked.data;
  return (
    <>
      <SectionTitle title="Old runs" />
      {policy === null ? (
        asked.problem === null ? (
          <LoadingShape />
        ) : (
          <ErrorState problem={asked.problem} onRetry={asked.again} />
        )
      ) : (
        <div className="setting-list">
          <Setting title="Remove by itself" about="Once a night, after 3:00. What is marked important, or shown by a matrix, always stays.">
            <Segments
              label="Remove by itself"
              value={policy.nightly ? 'on' : 'off'}
              segments={[
                { value: 'off', label: 'Off' },
                { value: 'on', label: 'Nightly' },
              ]}
              onChange={(value) => void save.run({ ...policy, nightly: value === 'on' })}
            />
          </Setting>
          {LIMITS.map((limit) => (
            <LimitSetting key={limit.key} limit={limit} policy={policy} onChange={(next) => void save.run(next)} />
          ))}
          {save.problem === null ? null : <ErrorState problem={save.problem} />}
          <RetentionPreview policy={policy} />
        </div>
      )}
    </>
  );
}

interface LimitProps {
  readonly limit: Limit;
  readonly policy: RetentionPolicy;
  readonly onChange: (policy: RetentionPolicy) => void;
}

function LimitSetting({ limit, policy, onChange }: LimitProps): ReactElement {
  const { key, title, about, unit, factor, usual } = limit;
  const value = policy[key];
  return (
    <Setting title={title} about={about}>
      <Segments
        label={title}
        value={value === null ? 'keep' : 'limited'}
        segments={[
          { value: 'keep', label: 'Keep all' },
          { value: 'limited', label: 'Limit' },
        ]}
        onChange={(choice) => onChange({ ...policy, [key]: choice === 'keep' ? null : usual * factor })}
      />
      {value === null ? null : (
        <NumberField
          label={`${title}: how many ${unit}`}
          value={Math.max(1, Math.round(value / factor))}
          limits={[1, 36_500]}
          unit={unit}
          onCommit={(next) => onChange({ ...policy, [key]: next * factor })}
        />
      )}
    </Setting>
  );
}
