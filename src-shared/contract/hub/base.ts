import { oc } from '@orpc/contract';
import type { HubRole, HubScope } from '../../model/hub-people.ts';
import { ERRORS } from '../errors.ts';

/** Who may call a procedure. `anyone` needs no sign-in at all. */
export interface HubRight {
  role: HubRole | 'anyone';
  scope: HubScope;
  /** Written to the audit log, with the outcome. True for everything that changes something. */
  audited: boolean;
}

export const right = (role: HubRight['role'], scope: HubScope): HubRight => ({ role, scope, audited: scope !== 'read' });
const base = oc.$meta<{ right: HubRight }>({ right: right('admin', 'manage') }).errors(ERRORS);

/** Every procedure of the hub grows from one of these; the right is part of it, and what says nothing is the administrator's. */
export const anyone = (scope: HubScope) => base.meta({ right: right('anyone', scope) });
export const tester = (scope: HubScope) => base.meta({ right: right('tester', scope) });
export const operator = (scope: HubScope) => base.meta({ right: right('operator', scope) });
export const admin = (scope: HubScope) => base.meta({ right: right('admin', scope) });
