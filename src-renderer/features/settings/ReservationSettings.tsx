import type { ReactElement } from 'react';
import { LoadingShape } from '../../kit/States.tsx';
import { CalendarLink } from './CalendarLink.tsx';
import { SectionTitle } from './General.tsx';
import { NumberField, Setting, useChange, useSettings } from './Setting.tsx';

export function ReservationSettings(): ReactElement {
  const settings = useSettings();
  const remind = useChange();
  const gap = useChange();
  if (settings === null) return <LoadingShape />;
  return (
    <>
      <SectionTitle title="Reservations" />
      <div className="setting-list">
        <Setting title="Reminder before the end" about="Who holds machines is told so long before the hold ends. 0: never.">
          <NumberField
            label="Reminder before the end"
            value={settings.remindMinutes}
            limits={[0, 1440]}
            unit="minutes"
            onCommit={(value) => remind.change({ remindMinutes: value })}
          />
          {remind.said}
        </Setting>
        <Setting
          title="Short holds in between"
          about="A machine that is free while somebody waits for it together with others, nobody knows how long, may meanwhile be held for at most this long. 0: not at all."
        >
          <NumberField
            label="Short holds in between"
            value={settings.gapMinutes}
            limits={[0, 1440]}
            unit="minutes"
            onCommit={(value) => gap.change({ gapMinutes: value })}
          />
          {gap.said}
        </Setting>
        <Setting
          title="Calendar"
          about="Calendar programs on this computer subscribe to the reservations under an address that needs no login and opens nothing else. It holds as long as the workbench listens on the same port: atn serve --port keeps one."
        >
          <CalendarLink />
        </Setting>
      </div>
    </>
  );
}
