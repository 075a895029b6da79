import { z } from 'zod';
import { HubPerson, HubSession, NewPassword } from '../../model/hub-people.ts';
import { Id, Name } from '../../model/text.ts';
import { anyone, tester } from './base.ts';

const tag = { tags: ['Sessions'] };

/** How people come in by a browser. */
export const sessions = {
  /** The ways in: by password always, and by an outside provider where the hub has one. */
  ways: anyone('read')
    .route({ method: 'GET', path: '/sessions/ways', ...tag })
    .output(z.object({ provider: z.object({ name: Name, address: z.string() }).nullable() })),
  /** Sets the cookie of a new session. UNAUTHORIZED says neither whether the login nor whether the password is wrong. */
  signIn: anyone('use')
    .route({ method: 'POST', path: '/sessions', ...tag })
    .input(z.object({ login: z.string().min(1).max(200), password: z.string().min(1).max(200) }))
    .output(HubPerson),
  /** Ends the session that asks. */
  signOut: tester('use').route({ method: 'DELETE', path: '/sessions', ...tag }),
  /** One's own. */
  list: tester('read')
    .route({ method: 'GET', path: '/sessions', ...tag })
    .output(z.array(HubSession)),
  /** Ends one of one's own; its pages are cut off at once. */
  revoke: tester('use')
    .route({ method: 'DELETE', path: '/sessions/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(HubSession)),
  /** Needs the present password, and ends all other sessions. FORBIDDEN: that one is wrong. BAD_REQUEST: the new one is too easy to guess. */
  changePassword: tester('use')
    .route({ method: 'PUT', path: '/sessions/password', ...tag })
    .input(z.object({ present: z.string().min(1).max(200), next: NewPassword })),
};
