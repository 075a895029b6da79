import type { ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { formatWhen } from '../../../kit/format.ts';
import { HealthIcon, type Health } from '../../../kit/HealthIcon.tsx';
import { shareOf, type Scale } from '../model/scale.ts';
import { percent } from './percent.ts';

/** How the machine is, before its name. */
export function SutHealth({ sut }: { readonly sut: Sut }): ReactElement {
  const { quarantine, maintenance, observed } = sut;
  const decided: Health | null = quarantine !== null ? 'quarantine' : maintenance !== null ? 'maintenance' : null;
  return <HealthIcon health={decided ?? observed.health.state} />;
}

/** Set aside: a dotted stretch from then on, with who decided it and why. It takes no pointer. */
export function SetAside({ sut, scale, now }: { readonly sut: Sut; readonly scale: Scale; readonly now: number }): ReactElement | null {
  const { quarantine, maintenance } = sut;
  const aside = quarantine ?? maintenance;
  if (aside === null || aside.since >= scale.to) return null;
  const begin = shareOf(scale, Math.max(scale.from, aside.since));
  return (
    <div className="set-aside" style={{ left: percent(begin), right: 0 }}>
      <span className="ellipsis">
        <b className={quarantine === null ? '' : 'quarantined'}>
          {`${quarantine === null ? 'Maintenance' : 'Quarantine'} since ${formatWhen(aside.since, now)}`}
        </b>{' '}
        {quarantine?.evidence ?? maintenance?.reason}
      </span>
    </div>
  );
}
