import { z } from 'zod';
import { GroupName, HubGroup, Login } from '../../model/hub-people.ts';
import { Id } from '../../model/text.ts';
import { admin, tester } from './base.ts';

const tag = { tags: ['Groups'] };

/** Groups of people. A lab may share a machine with some groups only; it is told the groups of whoever asks. */
export const groups = {
  list: tester('read')
    .route({ method: 'GET', path: '/groups', ...tag })
    .output(z.array(HubGroup)),
  /** Makes a group, or sets who is in the one of this name. NOT_FOUND: nobody has one of the logins. */
  save: admin('manage')
    .route({ method: 'PUT', path: '/groups', ...tag })
    .input(z.object({ name: GroupName, members: z.array(Login).max(2000) }))
    .output(z.array(HubGroup)),
  remove: admin('manage')
    .route({ method: 'DELETE', path: '/groups/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(HubGroup)),
};
