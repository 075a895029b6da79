import { Check, Stethoscope } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { DoctorCheck } from '../../../src-shared/model/system.ts';
import { formatAmount, formatElapsed } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { formatClock } from '../../kit/format.ts';
import { HealthIcon } from '../../kit/HealthIcon.tsx';
import { ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useVerbs } from '../../kit/use-verbs.ts';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';

interface Examination {
  readonly checks: readonly DoctorCheck[];
  readonly at: number;
  readonly tookMs: number;
}

/** What needs repair stands first; what is fine keeps one quiet line with its value and time taken. */
export function Doctor(): ReactElement {
  const call = useCall(examine, []);
  useVerbs('Doctor', [{ id: 'doctor.again', label: 'Check again', icon: <Stethoscope />, keys: 'r', run: call.again }]);
  return (
    <>
      <div className="page-head">
        <h2 className="panel-title">Doctor</h2>
        <span className="dim figures ellipsis" role="status">
          {call.loading ? 'Checking' : call.data === null ? '' : summaryOf(call.data)}
        </span>
        <span className="grow" />
        <Button variant="primary" icon={<Stethoscope />} busy={call.loading} onClick={call.again}>
          Check again
        </Button>
      </div>
      {call.problem === null ? null : (
        <div style={{ padding: '0 20px 12px' }}>
          <ErrorState problem={call.problem} onRetry={call.again} />
        </div>
      )}
      {call.data === null ? (
        call.problem === null ? (
          <LoadingShape rows={8} what="Checking this computer" />
        ) : null
      ) : (
        <Checks checks={call.data.checks} />
      )}
    </>
  );
}

async function examine(signal: AbortSignal): Promise<Examination> {
  const began = performance.now();
  const checks = await client.system.doctor(undefined, { signal });
  return { checks, at: Date.now(), tookMs: performance.now() - began };
}

function summaryOf({ checks, at, tookMs }: Examination): string {
  const fine = checks.filter((check) => check.outcome === 'fine').length;
  return `${formatAmount(checks.length, 'check')}, ${fine} fine, ${formatClock(at)}, took ${formatElapsed(tookMs)}`;
}

function Checks({ checks }: { readonly checks: readonly DoctorCheck[] }): ReactElement {
  const sorted = checks.toSorted((a, b) => a.number - b.number);
  const open = sorted
    .filter((check) => check.outcome !== 'fine')
    .toSorted((a, b) => Number(b.outcome === 'broken') - Number(a.outcome === 'broken'));
  const fine = sorted.filter((check) => check.outcome === 'fine');
  return (
    <div className="setting-list">
      {open.length === 0 ? null : (
        <>
          <div className="check-group">
            To repair <span className="dim">{open.length}</span>
          </div>
          {open.map((check) => (
            <OpenCheck key={check.id} check={check} />
          ))}
        </>
      )}
      <div className="check-group">
        Fine <span className="dim">{fine.length}</span>
      </div>
      {fine.map((check) => (
        <FineCheck key={check.id} check={check} />
      ))}
    </div>
  );
}

function OpenCheck({ check }: { readonly check: DoctorCheck }): ReactElement {
  const [copied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard.writeText(`${check.detail}\n${check.repair ?? ''}`).then(() => setCopied(true));
  return (
    <div className="check open">
      <span className="dim figures right">{check.number}</span>
      {check.outcome === 'broken' ? <VerdictIcon mark="failed" /> : <HealthIcon health="degraded" />}
      <span className="strong">{check.title}</span>
      <div className="whole small">
        <div className="mid">{check.detail}</div>
        {check.repair === null ? null : <div>{check.repair}</div>}
      </div>
      <Button small variant="quiet" onClick={copy}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}

function FineCheck({ check }: { readonly check: DoctorCheck }): ReactElement {
  return (
    <div className="check">
      <span className="dim figures right">{check.number}</span>
      <Check className="fine" aria-label="fine" />
      <span className="nowrap">{check.title}</span>
      <span className="dim small ellipsis" title={check.detail}>
        {check.detail}
      </span>
      <span className="dim small figures">{formatElapsed(check.tookMs)}</span>
    </div>
  );
}
