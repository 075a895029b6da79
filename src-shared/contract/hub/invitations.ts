import { z } from 'zod';
import { HubInvitation, HubPerson, HubRole, Login, NewPassword } from '../../model/hub-people.ts';
import { Id, Name } from '../../model/text.ts';
import { admin, anyone } from './base.ts';

const tag = { tags: ['Invitations'] };

/** One-time links by which people come; the first administrator comes by one as well. */
export const invitations = {
  list: admin('read')
    .route({ method: 'GET', path: '/invitations', ...tag })
    .output(z.array(HubInvitation)),
  /** `secret` is the end of the link; it can be read here and never again. */
  create: admin('manage')
    .route({ method: 'POST', path: '/invitations', ...tag })
    .input(z.object({ role: HubRole, note: z.string().trim().max(200).default(''), days: z.number().int().min(1).max(30).default(3) }))
    .output(z.object({ invitation: HubInvitation, secret: z.string() })),
  withdraw: admin('manage')
    .route({ method: 'DELETE', path: '/invitations/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(HubInvitation)),
  /** Makes the person and signs them in. FORBIDDEN: used, too old or unknown. CONFLICT: somebody has this login. */
  redeem: anyone('use')
    .route({ method: 'POST', path: '/invitations/redeem', ...tag })
    .input(z.object({ secret: z.string().min(1).max(200), login: Login, name: Name, password: NewPassword }))
    .output(HubPerson),
};
