import type { getChassisStatus } from '../../commands/chassis/status.js';
import type { Value } from '../../wire/codec.js';
import { pairs } from '../format.js';

type Status = Value<(typeof getChassisStatus)['response']>;

function lastEvents(status: Status): string {
  const events = [
    status.lastEventAcFailed && 'ac-failed',
    status.lastEventOverload && 'overload',
    status.lastEventInterlock && 'interlock',
    status.lastEventFault && 'fault',
    status.lastEventCommand && 'command',
  ];
  return events.filter((event) => event !== false).join(' ');
}

function activity(value: boolean): string {
  return value ? 'active' : 'inactive';
}

/** Chassis status in ipmitool's lines; buttons only where the BMC says something about them. */
export function statusText(status: Status): string {
  const rows: [string, string][] = [
    ['System Power', status.powerOn ? 'on' : 'off'],
    ['Power Overload', String(status.powerOverload)],
    ['Power Interlock', activity(status.powerInterlock)],
    ['Main Power Fault', String(status.powerFault)],
    ['Power Control Fault', String(status.powerControlFault)],
    ['Power Restore Policy', String(status.powerRestorePolicy)],
    ['Last Power Event', lastEvents(status)],
    ['Chassis Intrusion', activity(status.chassisIntrusion)],
    ['Front-Panel Lockout', activity(status.frontPanelLockout)],
    ['Drive Fault', String(status.driveFault)],
    ['Cooling/Fan Fault', String(status.coolingFault)],
  ];
  const { frontPanel } = status;
  if (frontPanel === undefined) return pairs(rows);
  const buttons = ['standby', 'diagnostic', 'reset', 'powerOff'] as const;
  const titles = { standby: 'Sleep', diagnostic: 'Diag', reset: 'Reset', powerOff: 'Power' } as const;
  const before = rows.length;
  for (const button of buttons) {
    if (!frontPanel[`${button}ButtonDisableAllowed`] && !frontPanel[`${button}ButtonDisabled`]) continue;
    rows.push([`${titles[button]} Button Disable`, frontPanel[`${button}ButtonDisableAllowed`] ? 'allowed' : 'not allowed']);
    rows.push([`${titles[button]} Button Disabled`, String(frontPanel[`${button}ButtonDisabled`])]);
  }
  if (rows.length === before) rows.push(['Front Panel Control', 'none']);
  return pairs(rows);
}
