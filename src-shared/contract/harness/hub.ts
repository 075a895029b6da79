import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { BringLimits } from '../../model/bring-limits.ts';
import { HubStatus } from '../../model/hub-link.ts';
import { RemoteConsoles } from '../../model/remote-consoles.ts';
import { ShareLimits } from '../../model/share-limits.ts';
import { Name } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Hub'] };

/** The hub that this harness is enrolled at. The harness dials out; its owner decides what is shared. */
export const hub = {
  status: procedure.route({ method: 'GET', path: '/hub', ...tag }).output(HubStatus),
  /** The status now and after each change. */
  watch: procedure.route({ method: 'GET', path: '/hub/watch', ...tag }).output(eventIterator(HubStatus)),
  /** Enrols with a one-time code of the hub. FORBIDDEN: the code is not (or no longer) good. HUB_OFFLINE: nobody answers there. CONFLICT: enrolled already. */
  connect: procedure
    .route({ method: 'POST', path: '/hub', ...tag })
    .input(z.object({ url: z.string().trim().min(1).max(500), code: z.string().trim().min(1).max(100) }))
    .output(HubStatus),
  /** Ends what remote people have, and forgets the hub. To come again needs a new code. */
  leave: procedure.route({ method: 'DELETE', path: '/hub', ...tag }).output(HubStatus),
  /** Tries to reach the hub now instead of later. */
  retry: procedure.route({ method: 'POST', path: '/hub/retry', ...tag }).output(HubStatus),
  /**
   * Shows SUTs to the people of the hub, or no longer; who has one keeps it until its end. `limits`: with which groups and in which hours of
   * the lab's clocks; left out, they stay as they are.
   */
  share: procedure
    .route({ method: 'PUT', path: '/hub/shared', ...tag })
    .input(z.object({ suts: z.array(Name).min(1).max(500), shared: z.boolean(), limits: ShareLimits.optional() }))
    .output(HubStatus),
  /** Stops new remote reservations, or lets them in again. */
  pause: procedure
    .route({ method: 'PUT', path: '/hub/paused', ...tag })
    .input(z.object({ paused: z.boolean() }))
    .output(HubStatus),
  /** Lets remote people run their suites on this computer, on machines that they hold; or no longer. What runs goes on. */
  allowRuns: procedure
    .route({ method: 'PUT', path: '/hub/runs-allowed', ...tag })
    .input(z.object({ allowed: z.boolean() }))
    .output(HubStatus),
  /** What remote people may bring for their runs besides suites. What they do not name stays refused; what runs goes on. */
  limitBringing: procedure
    .route({ method: 'PUT', path: '/hub/bring-limits', ...tag })
    .input(BringLimits)
    .output(HubStatus),
  /** What remote people may do with the consoles of machines that they hold. What is taken away ends at once. */
  limitConsoles: procedure
    .route({ method: 'PUT', path: '/hub/consoles', ...tag })
    .input(z.object({ allowed: RemoteConsoles }))
    .output(HubStatus),
  /** Ends everything that remote people have now. */
  endRemoteHolds: procedure.route({ method: 'POST', path: '/hub/end-remote-holds', ...tag }).output(HubStatus),
  /** A person says that this home was moved here, and that no other copy of it is used. */
  moved: procedure.route({ method: 'POST', path: '/hub/moved', ...tag }).output(HubStatus),
};
