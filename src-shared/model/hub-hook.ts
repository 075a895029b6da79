import { z } from 'zod';
import { GroupName } from './hub-people.ts';
import { HubNoticeKind } from './hub-notice.ts';
import { Id, Name, Timestamp } from './text.ts';

/** An address that hears of the notices of one person, or of all who are in a group. */
export const HubHookInput = z.object({
  name: Name,
  url: z.url({ protocol: /^https?$/u, error: 'The address begins with https:// or http://.' }).max(2000),
  /** Null: one's own. Those of a group are an administrator's matter. */
  group: GroupName.nullable().default(null),
  of: z.array(HubNoticeKind).min(1, 'Choose at least one thing to be told of.').max(20),
});
export type HubHookInput = z.infer<typeof HubHookInput>;

/** Without the address: whoever knows it can write there. */
export const HubHook = z.object({
  id: Id,
  name: Name,
  host: z.string(),
  group: z.string().nullable(),
  of: z.array(HubNoticeKind),
  by: z.string(),
  madeAt: Timestamp,
  /** The newest messages, newest first. */
  deliveries: z.array(
    z.object({
      id: Id,
      kind: HubNoticeKind,
      at: Timestamp,
      state: z.enum(['waiting', 'delivered', 'givenUp']),
      tries: z.number().int(),
      problem: z.string().nullable(),
    }),
  ),
});
export type HubHook = z.infer<typeof HubHook>;
