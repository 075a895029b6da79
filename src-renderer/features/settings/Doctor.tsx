import { Check, Stethoscope } from 'lucide-react';
import type { ReactElement } from 'react';
import type { DoctorCheck, DoctorGroup } from '../../../src-shared/model/doctor.ts';
import type { Progress } from '../../../src-shared/model/system.ts';
import { formatAmount, formatBytes, formatCount, formatElapsed } from '../../../src-shared/text/quantities.ts';
import { Button } from '../../kit/Button.tsx';
import { formatClock } from '../../kit/format.ts';
import { ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useVerbs } from '../../kit/use-verbs.ts';
import { OpenCheck } from './OpenCheck.tsx';
import { SupportBundle } from './SupportBundle.tsx';
import { useExamination, type Examination } from './use-examination.ts';

const GROUPS: readonly (readonly [DoctorGroup, string])[] = [
  ['computer', 'This computer'],
  ['network', 'Network'],
  ['store', 'Store'],
];

/** What needs repair stands first; what is fine keeps one quiet line with its value and time taken. */
export function Doctor(): ReactElement {
  const examination = useExamination();
  const { checks, looking, problem, again, cancel } = examination;
  useVerbs('Doctor', [
    { id: 'doctor.again', label: 'Check again', icon: <Stethoscope />, keys: 'r', run: () => again(false) },
    { id: 'doctor.thorough', label: 'Check everything thoroughly', icon: <Stethoscope />, run: () => again(true) },
  ]);
  return (
    <>
      <div className="page-head">
        <h2 className="panel-title">Doctor</h2>
        <span className="dim figures ellipsis" role="status">
          {looking ? waitingText(examination) : summaryOf(examination)}
        </span>
        <span className="grow" />
        {looking ? <Button onClick={cancel}>Cancel</Button> : <Button onClick={() => again(true)}>Check thoroughly</Button>}
        <Button variant="primary" icon={<Stethoscope />} busy={looking} onClick={() => again(false)}>
          Check again
        </Button>
      </div>
      {problem === null ? null : (
        <div style={{ padding: '0 20px 12px' }}>
          <ErrorState problem={problem} onRetry={() => again(false)} />
        </div>
      )}
      {checks.length > 0 ? (
        <Checks examination={examination} />
      ) : problem === null ? (
        <LoadingShape rows={8} what="Checking this computer" />
      ) : null}
    </>
  );
}

function waitingText({ progress, waiting }: Examination): string {
  const left = waiting === 0 ? '' : `, ${formatAmount(waiting, 'check')} to come`;
  return progress === null ? `Checking${left}` : `${progress.step}, ${amountOf(progress)}${left}`;
}

function amountOf({ done, total, unit }: Progress): string {
  const say = unit === 'bytes' ? formatBytes : formatCount;
  return `${say(done ?? 0)} of ${say(total ?? 0)}`;
}

function summaryOf({ checks, ended }: Examination): string {
  const fine = checks.filter((check) => check.outcome === 'fine').length;
  const when = ended === null ? '' : `, ${formatClock(ended.at)}, took ${formatElapsed(ended.tookMs)}`;
  return checks.length === 0 ? '' : `${formatAmount(checks.length, 'check')}, ${fine} fine${when}`;
}

function Checks({ examination: { checks, take } }: { readonly examination: Examination }): ReactElement {
  const open = checks
    .filter((check) => check.outcome !== 'fine')
    .toSorted((a, b) => Number(b.outcome === 'broken') - Number(a.outcome === 'broken') || a.number - b.number);
  return (
    <div className="setting-list">
      {open.length === 0 ? null : (
        <>
          <div className="check-group">
            To repair <span className="dim">{open.length}</span>
          </div>
          {open.map((check) => (
            <OpenCheck key={check.id} check={check} onRepaired={take} />
          ))}
        </>
      )}
      {GROUPS.map(([group, label]) => (
        <FineChecks key={group} label={label} checks={checks.filter((check) => check.group === group && check.outcome === 'fine')} />
      ))}
      <SupportBundle />
    </div>
  );
}

function FineChecks({ label, checks }: { readonly label: string; readonly checks: readonly DoctorCheck[] }): ReactElement | null {
  if (checks.length === 0) return null;
  return (
    <>
      <div className="check-group">{label}</div>
      {checks.map((check) => (
        <div key={check.id} className="check">
          <span className="dim figures right">{check.number}</span>
          <Check className="fine" aria-label="fine" />
          <span className="nowrap">{check.title}</span>
          <span className="dim small ellipsis" title={check.detail}>
            {check.detail}
          </span>
          <span className="dim small figures">{formatElapsed(check.tookMs)}</span>
        </div>
      ))}
    </>
  );
}
