import { z } from 'zod';
import { HubPerson, HubScope } from '../../model/hub-people.ts';
import { Name, Timestamp } from '../../model/text.ts';
import { tester } from './base.ts';

/** What kind of server this is, and who asks. */
export const HubInfo = z.object({
  face: z.literal('hub'),
  name: Name,
  appVersion: z.string(),
  now: Timestamp,
  me: HubPerson,
  /** What the token may; null = a browser's session, which may all that its person may. */
  scopes: z.array(HubScope).nullable(),
});
export type HubInfo = z.infer<typeof HubInfo>;

export const system = {
  info: tester('read')
    .route({ method: 'GET', path: '/system/info', tags: ['System'] })
    .output(HubInfo),
};
