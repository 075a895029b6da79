import { Power, PowerOff, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { HEALTH_WORDS, HealthIcon } from '../../../kit/HealthIcon.tsx';
import { useNow } from '../../../kit/use-now.ts';
import { healthOf, isStale } from '../model/machine.ts';

/** On, off or not known; dimmed when it is what was known once. */
export function PowerCell({ sut }: { readonly sut: Sut }): ReactElement {
  const { state } = sut.observed.power;
  if (state === 'unknown') return <span className="dim">{sut.endpoints.length === 0 ? '–' : 'Unknown'}</span>;
  const off = state === 'off' || sut.observed.health.state === 'unreachable';
  return (
    <span className={`row tight${off ? ' dim' : ''}`}>
      {state === 'on' ? <Power aria-hidden /> : <PowerOff aria-hidden />}
      {state === 'on' ? 'On' : 'Off'}
    </span>
  );
}

export function HealthCell({ sut }: { readonly sut: Sut }): ReactElement {
  if (sut.endpoints.length === 0 && sut.quarantine === null && sut.maintenance === null) return <span className="dim">no endpoint</span>;
  const health = healthOf(sut);
  return (
    <span className="row tight">
      <HealthIcon health={health} decorative />
      {HEALTH_WORDS[health]}
    </span>
  );
}

export function TemperatureCell({ sut }: { readonly sut: Sut }): ReactElement | null {
  const { temperature, health } = sut.observed;
  if (temperature === null) return null;
  const hot = temperature.health === 'critical' || temperature.health === 'warning';
  return (
    <span className={`row tight figures temperature${hot ? ' mark-warn' : ''}${health.state === 'unreachable' ? ' dim' : ''}`}>
      {hot ? <TriangleAlert aria-label="above its limit" /> : null}
      {temperature.value.toFixed(1)}
    </span>
  );
}

/** How long ago it answered. */
export function SeenCell({ sut }: { readonly sut: Sut }): ReactElement | null {
  const now = useNow('second');
  const { seenAt } = sut.observed;
  if (seenAt === null) return null;
  const seconds = Math.max(0, Math.round((now - seenAt) / 1000));
  return <span className={`figures ${isStale(sut.observed, now) ? 'mark-failed' : 'dim'}`}>{ageOf(seconds)}</span>;
}

function ageOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
