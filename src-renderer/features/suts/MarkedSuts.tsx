import { Menu } from '@mantine/core';
import { Check, Power, ShieldAlert, TriangleAlert, X } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { PowerAction } from '../../../src-shared/model/machine.ts';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { Button } from '../../kit/Button.tsx';
import { toProblem } from '../../kit/problem.ts';
import { useSuts } from '../../state/suts.ts';
import { POWER_WORDS } from './detail/power-words.ts';
import { clearSutMarks, useSutMarks } from './marks.ts';

interface Outcome {
  readonly id: string;
  readonly name: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly message: string | null;
}

/** Floats at the foot while machines are marked, and tells for each what came of what was asked. */
export function MarkedSuts(): ReactElement | null {
  const ids = useSutMarks((state) => state.ids);
  const names = useSuts((state) => [...ids].flatMap((id) => state.byId.get(id)?.name ?? []).join(', '));
  const [busy, setBusy] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (ids.size === 0 && outcomes === null) return null;
  const power = async (action: PowerAction): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      setOutcomes(await client.suts.powerMany({ ids: [...ids], action }));
    } catch (error) {
      setProblem(toProblem(error).message);
    } finally {
      setBusy(false);
    }
  };
  const close = (): void => {
    setOutcomes(null);
    clearSutMarks();
  };
  return (
    <div className="bulk sut-bulk" role="region" aria-label="Marked machines">
      {outcomes === null ? null : <Outcomes outcomes={outcomes} />}
      <div className="row">
        <b className="strong nowrap">{formatAmount(ids.size, 'machine')} selected</b>
        <span className="dim small ellipsis grow">{names}</span>
        <span className="mark-failed small" role="status">
          {problem}
        </span>
        <Menu position="top-end">
          <Menu.Target>
            <span>
              <Button small icon={<Power />} busy={busy}>
                Power
              </Button>
            </span>
          </Menu.Target>
          <Menu.Dropdown>
            {(Object.keys(POWER_WORDS) as PowerAction[]).map((action) => (
              <Menu.Item key={action} onClick={() => void power(action)}>
                {POWER_WORDS[action]} {ids.size}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button small variant="quiet" icon={<X />} label="Clear selection" onClick={close} />
      </div>
    </div>
  );
}

const OUTCOME_ICONS = {
  done: <Check aria-label="done" />,
  refused: <ShieldAlert aria-label="refused" />,
  failed: <TriangleAlert aria-label="failed" />,
};

function Outcomes({ outcomes }: { readonly outcomes: readonly Outcome[] }): ReactElement {
  return (
    <ul className="sut-outcomes" aria-label="What came of it">
      {outcomes.map(({ id, name, outcome, message }) => (
        <li key={id} className="row tight small">
          {OUTCOME_ICONS[outcome]}
          <span className="strong">{name}</span>
          <span className="mid ellipsis" title={message ?? undefined}>
            {message ?? 'done'}
          </span>
        </li>
      ))}
    </ul>
  );
}
