import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { face } from '../bridge/client.ts';
import { formatAmount, formatBytes } from '../../src-shared/text/quantities.ts';
import { addresses } from '../kit/addresses.ts';
import { formatFull, formatStatusClock, formatTime } from '../kit/format.ts';
import { HealthIcon } from '../kit/HealthIcon.tsx';
import { useNow } from '../kit/use-now.ts';
import { useLink } from '../state/link.ts';
import { useSystem } from '../state/system.ts';

export function StatusBar(): ReactElement {
  const status = useSystem((state) => state.status);
  return (
    <footer className="status-bar">
      <LinkStatus />
      {status === null ? null : (
        <>
          <span className="figures">{status.queued === 0 ? 'Nothing queued' : `${formatAmount(status.queued, 'run')} queued`}</span>
          {status.queuePaused ? (
            <span className="row tight">
              <HealthIcon health="maintenance" decorative />
              Queue paused
            </span>
          ) : null}
          <span className="figures">
            Workers {status.running} of {status.workers}
          </span>
        </>
      )}
      <span className="grow" />
      {status === null ? null : (
        <>
          <DoctorStatus warnings={status.doctorWarnings} />
          {status.diskFree === null ? null : <span className="figures optional">{formatBytes(status.diskFree)} free</span>}
          {status.robotVersion === null ? null : <span className="figures optional">Robot {status.robotVersion}</span>}
        </>
      )}
      <StatusClock />
    </footer>
  );
}

function LinkStatus(): ReactElement {
  const link = useLink((state) => state.link);
  const place = face === 'desktop' ? 'This computer' : window.location.host;
  switch (link.status) {
    case 'online':
      return (
        <span className="row tight">
          <HealthIcon health="reachable" decorative />
          <b>{place}</b>
        </span>
      );
    case 'connecting':
      return (
        <span className="row tight">
          <HealthIcon health="unknown" decorative />
          Connecting to {place}
        </span>
      );
    case 'away':
      return (
        <span className="row tight">
          <HealthIcon health="unreachable" decorative />
          <b>{place}</b> away since {formatTime(link.since)}
        </span>
      );
    case 'refused':
      return (
        <span className="row tight">
          <HealthIcon health="unreachable" decorative />
          No session
        </span>
      );
  }
}

function DoctorStatus({ warnings }: { readonly warnings: number }): ReactElement | null {
  if (warnings === 0) return null;
  return (
    <Link href={addresses.doctor} className="row tight">
      <HealthIcon health="degraded" decorative />
      Doctor: {formatAmount(warnings, 'warning')}
    </Link>
  );
}

function StatusClock(): ReactElement {
  const now = useNow('minute');
  return (
    <time className="figures nowrap" title={formatFull(now)}>
      {formatStatusClock(now)}
    </time>
  );
}
