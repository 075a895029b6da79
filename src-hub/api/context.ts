import type { HubContract } from '../../src-shared/contract/hub/index.ts';
import type { Router } from '@orpc/server';
import { HubError } from '../errors.ts';
import type { Principal } from '../people/principal.ts';
import type { Visitor } from '../people/sessions.ts';

/** What a transport knows of a call before anybody has looked who asks. */
export interface HubContext {
  /** Looked up at each call, so that what was revoked meanwhile counts at once, on open sockets too. */
  principal(): Promise<Principal | null>;
  visitor: Visitor;
  /** Gives the browser its session, or takes it (null). Does nothing where the call came by a socket. */
  setSession(secret: string | null): void;
}

/** The same once the right has been checked: what procedures get. */
export interface CallContext extends HubContext {
  who: Principal | null;
}

/** One domain of the contract, implemented: what each file of this folder answers. */
export type HubPart<Domain extends keyof HubContract> = Router<HubContract[Domain], CallContext>;

/** The one who asks; procedures for anyone are the only ones that nobody in particular reaches. */
export function signedIn({ who }: CallContext): Principal {
  if (who === null) throw new HubError('UNAUTHORIZED');
  return who;
}
