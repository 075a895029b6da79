import type { HubRole, HubScope } from '../../src-shared/model/hub-people.ts';
import { HubError } from '../errors.ts';

/** Who asks, and by what: all that rights are decided on. */
export interface Principal {
  person: { id: string; login: string; name: string; role: HubRole };
  /** The browser's session, or null for a token. */
  sessionId: string | null;
  /** What the token may; null = everything that the person may. */
  scopes: HubScope[] | null;
}

const RANK: Readonly<Record<HubRole, number>> = { tester: 0, operator: 1, admin: 2 };

/** Throws where `who` may not call what needs this right. Nobody in particular may call what `anyone` may. */
export function demandRight(who: Principal | null, right: { role: HubRole | 'anyone'; scope: HubScope }): void {
  if (right.role === 'anyone') return;
  if (who === null) throw new HubError('UNAUTHORIZED');
  if (RANK[who.person.role] < RANK[right.role]) {
    throw new HubError('FORBIDDEN', `Only ${right.role === 'admin' ? 'an administrator' : 'an operator'} may do this.`);
  }
  if (who.scopes !== null && !who.scopes.includes(right.scope)) {
    throw new HubError('FORBIDDEN', `This token may not do that: it lacks the scope ${right.scope}.`);
  }
}
