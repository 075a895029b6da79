import { z } from 'zod';
import { HomeState, LinkState } from '../protocol/link-states.ts';
import { BringLimits } from './bring-limits.ts';
import { RemoteConsoles } from './remote-consoles.ts';
import { ShareLimits } from './share-limits.ts';
import { Id, Name, Timestamp } from './text.ts';

/** This harness at its hub, as its owner sees it. */
export const HubStatus = z.object({
  /** Null = enrolled nowhere. */
  hub: z
    .object({
      url: z.string(),
      hubName: Name,
      harnessId: Id,
      /** Of the key of this home, for people to compare with what the hub shows before it is approved. */
      fingerprint: z.string(),
      /** Whether the hub lets this home in, as far as is known. */
      home: HomeState,
      link: LinkState,
      /** The last thing that went wrong, in a sentence; null while the link is up. */
      problem: z.string().nullable(),
      /** When the next try is made; null while there is nothing to wait for. */
      nextTryAt: Timestamp.nullable(),
      lastUpAt: Timestamp.nullable(),
      /** Facts that the hub has not counted yet. */
      queue: z.number().int(),
      /** No new remote reservation is granted. What is held stays. */
      paused: z.boolean(),
      /** Remote people may run their suites on this computer, on machines that they hold. */
      runsAllowed: z.boolean(),
      /** What they may bring for them besides suites. */
      bring: BringLimits,
      /** What they may do with the consoles of machines that they hold. */
      consoles: RemoteConsoles,
      /** Reservations that remote people have or wait for. */
      remote: z.number().int(),
    })
    .nullable(),
  /** SUTs that remote people may ask for, by name. */
  shared: z.array(z.object({ id: Id, name: Name, limits: ShareLimits })),
});
export type HubStatus = z.infer<typeof HubStatus>;
