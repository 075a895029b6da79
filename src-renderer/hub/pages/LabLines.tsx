import type { ReactElement } from 'react';
import type { HubHarness } from '../../../src-shared/model/hub-directory.ts';
import { HealthIcon, type Health } from '../../kit/HealthIcon.tsx';
import { When } from '../../kit/Times.tsx';
import { takesWords } from '../takes-words.ts';
import { formatAmount } from '../../../src-shared/text/quantities.ts';

/** Over half a minute apart, its times are shown as doubtful. */
const CLOCK_MS = 30_000;

export function LabLines({ labs }: { readonly labs: readonly HubHarness[] }): ReactElement {
  return (
    <ul className="hub-lines">
      {labs.map((lab) => (
        <li key={lab.id}>
          <HealthIcon health={healthOf(lab)} decorative />
          <span className="strong">{lab.name}</span>
          <span className="grow" />
          <span className="mid figures">
            {formatAmount(lab.suts, 'SUT')}, {lab.free} free
          </span>
          <LabState lab={lab} />
          {lab.policy === null ? null : <span className="wide dim small">{takesWords(lab.policy)}</span>}
        </li>
      ))}
    </ul>
  );
}

export function healthOf({ state, up, doubtSince, clockOffset }: HubHarness): Health {
  if (state !== 'approved') return 'unknown';
  if (!up) return 'unreachable';
  return doubtSince !== null || Math.abs(clockOffset) > CLOCK_MS ? 'degraded' : 'reachable';
}

export function LabState({ lab }: { readonly lab: HubHarness }): ReactElement {
  if (lab.state === 'presented') return <span className="mid">asks to join</span>;
  if (lab.state !== 'approved') return <span className="dim">{lab.state}</span>;
  if (lab.doubtSince !== null) return <span className="mark-failed">two histories, ask its owner</span>;
  if (!lab.up) {
    return (
      <span className="mark-failed">
        {lab.heardAt === null ? 'never linked' : 'absent since '}
        {lab.heardAt === null ? null : <When at={lab.heardAt} />}
      </span>
    );
  }
  if (lab.paused) return <span className="mid">sharing paused</span>;
  return Math.abs(lab.clockOffset) > CLOCK_MS ? <span className="mid">clock is off</span> : <span className="dim">linked</span>;
}
