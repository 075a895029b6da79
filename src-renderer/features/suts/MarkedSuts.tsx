import { Menu } from '@mantine/core';
import { BadgeCheck, CalendarPlus, Check, HardDrive, Power, ShieldAlert, TriangleAlert, X } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { BootDevice, PowerAction } from '../../../src-shared/model/machine.ts';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { useHotkeys } from '../../kit/use-hotkeys.ts';
import { useSuts } from '../../state/suts.ts';
import { BOOT_WORDS, POWER_WORDS } from './detail/power-words.ts';
import { clearSutMarks, useSutMarks } from './marks.ts';
import { bootMany, powerAll, useMany, verifyMany, type Many, type Outcome } from './use-many.ts';

/** Floats at the foot while machines are marked, and tells for each what came of what was asked. */
export function MarkedSuts(): ReactElement | null {
  const ids = useSutMarks((state) => state.ids);
  const names = useSuts((state) => [...ids].flatMap((id) => state.byId.get(id)?.name ?? []).join('\n'));
  const many = useMany();
  const close = (): void => {
    many.clear();
    clearSutMarks();
  };
  const open = ids.size > 0 || many.outcomes !== null;
  useHotkeys(open ? [{ keys: 'escape', label: 'Clear the selection', run: close }] : []);
  if (!open) return null;
  const list = [...ids];
  return (
    <div className="bulk sut-bulk" role="region" aria-label="Marked machines">
      {many.outcomes === null ? null : <Outcomes many={many} outcomes={many.outcomes} />}
      <div className="row">
        <b className="strong nowrap">{formatAmount(ids.size, 'machine')} selected</b>
        <span className="dim small ellipsis grow">{names.replaceAll('\n', ', ')}</span>
        <span className="mark-failed small" role="status">
          {many.problem}
        </span>
        <Choice label="Power" icon={<Power />} busy={many.busy}>
          {(Object.keys(POWER_WORDS) as PowerAction[]).map((action) => (
            <Menu.Item key={action} onClick={() => many.ask(POWER_WORDS[action], powerAll(list, action))}>
              {POWER_WORDS[action]} {ids.size}
            </Menu.Item>
          ))}
        </Choice>
        <Choice label="Boot" icon={<HardDrive />} busy={many.busy}>
          {(Object.keys(BOOT_WORDS) as BootDevice[]).map((device) => (
            <Menu.Item key={device} onClick={() => many.ask(`Boot from ${BOOT_WORDS[device]}`, bootMany(list, device))}>
              {device === 'none' ? BOOT_WORDS[device] : `Once from ${BOOT_WORDS[device]}`}
            </Menu.Item>
          ))}
        </Choice>
        <Button small icon={<CalendarPlus />} href={addresses.reserve(...names.split('\n'))}>
          Reserve
        </Button>
        <Button small icon={<BadgeCheck />} busy={many.busy} onClick={() => many.ask('Verify', verifyMany(list))}>
          Verify
        </Button>
        <Button small variant="quiet" icon={<X />} label="Clear selection" onClick={close} />
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly icon: ReactElement;
  readonly busy: boolean;
  readonly children: ReactElement[];
}

function Choice({ label, icon, busy, children }: ChoiceProps): ReactElement {
  return (
    <Menu position="top-end">
      <Menu.Target>
        <span>
          <Button small icon={icon} busy={busy}>
            {label}
          </Button>
        </span>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

const OUTCOME_ICONS = {
  done: <Check aria-label="done" />,
  confirm: <ShieldAlert aria-label="waits for you" />,
  refused: <ShieldAlert aria-label="refused" />,
  failed: <TriangleAlert aria-label="failed" />,
};
const OUTCOME_WORDS = { done: 'done', confirm: 'not done: somebody would feel it', refused: 'refused', failed: 'failed' } as const;

/** How many came out how, then each by itself; what would hurt somebody can be done all the same, with open eyes. */
function Outcomes({ many, outcomes }: { readonly many: Many; readonly outcomes: readonly Outcome[] }): ReactElement {
  const [reason, setReason] = useState('');
  const count = (wanted: Outcome['outcome']): number => outcomes.filter(({ outcome }) => outcome === wanted).length;
  const kinds = (['done', 'confirm', 'refused', 'failed'] as const).filter((kind) => count(kind) > 0);
  const waiting = count('confirm');
  return (
    <div className="column">
      <p className="small strong file-counts" role="status">
        {`${many.title}: ${kinds.map((kind) => `${count(kind)} ${OUTCOME_WORDS[kind]}`).join(', ')}`}
      </p>
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
      {waiting === 0 ? null : (
        <div className="row tight">
          <span className="field grow">
            <input
              aria-label="Why, for their history"
              placeholder="Why, for their history"
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </span>
          <Button small variant="harm" busy={many.busy} onClick={() => many.confirm(reason)}>
            {`${many.title}: ${waiting} all the same`}
          </Button>
        </div>
      )}
    </div>
  );
}
