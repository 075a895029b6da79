import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { addresses } from '../../../kit/addresses.ts';
import { Kbd } from '../../../kit/Kbd.tsx';
import { GROUPINGS, type Grouping } from '../model/lines.ts';
import { SaveCalendar } from './SaveCalendar.tsx';

const GROUP_WORDS: Readonly<Record<Grouping, string>> = {
  none: 'No groups',
  tag: 'Group: first tag',
  host: 'Group: host',
  maintainer: 'Group: maintainer',
};

interface Props {
  readonly grouping: Grouping;
  readonly onGroup: (grouping: Grouping) => void;
}

/** What the signs mean, how rows are grouped, and the ways into a calendar. */
export function Legend({ grouping, onGroup }: Props): ReactElement {
  return (
    <div className="board-legend small dim">
      <span className="row tight nowrap">
        <i className="block my-hold sample" />
        Mine
      </span>
      <span className="row tight nowrap">
        <i className="block other-hold sample" />
        Others
      </span>
      <span className="row tight nowrap">
        <i className="run-line sample" />
        Run in it
      </span>
      <span className="row tight nowrap">
        <i className="block asked-hold sample" />
        Asked, not granted
      </span>
      <span className="row tight nowrap">
        <i className="set-aside sample" />
        Set aside
      </span>
      <select
        className="board-select board-grouping"
        aria-label="Group"
        value={grouping}
        onChange={(event) => onGroup(event.currentTarget.value as Grouping)}
      >
        {GROUPINGS.map((one) => (
          <option key={one} value={one}>
            {GROUP_WORDS[one]}
          </option>
        ))}
      </select>
      <span className="grow" />
      <span className="row tight nowrap board-keys">
        <Kbd keys="space" /> begin, <Kbd keys="arrowleft" /> <Kbd keys="arrowright" /> move 30 min, <Kbd keys="shift" /> longer, shorter
      </span>
      <SaveCalendar />
      <Link href={`${addresses.settings}/reservations`}>Subscribe by iCal</Link>
    </div>
  );
}
