import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { addresses } from '../../../kit/addresses.ts';
import { Kbd } from '../../../kit/Kbd.tsx';
import { SaveCalendar } from './SaveCalendar.tsx';

export function Legend(): ReactElement {
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
      <span className="grow" />
      <span className="row tight nowrap board-keys">
        <Kbd keys="space" /> begin, <Kbd keys="arrowleft" /> <Kbd keys="arrowright" /> move 30 min, <Kbd keys="shift" /> longer, shorter
      </span>
      <SaveCalendar />
      <Link href={`${addresses.settings}/reservations`}>Subscribe by iCal</Link>
    </div>
  );
}
