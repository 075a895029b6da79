import { z } from 'zod';
import { HubCondition, HubPlan, HubPlanBody } from '../../model/hub-plans.ts';
import { HubRun } from '../../model/hub-runs.ts';
import { Id, Name } from '../../model/text.ts';
import { tester } from './base.ts';

const ById = z.object({ id: Id });
const conditionTag = { tags: ['Conditions'] };

/** Variables of runs, kept on the hub. Everybody uses them; who wrote one changes it, or an operator. */
export const conditions = {
  list: tester('read')
    .route({ method: 'GET', path: '/conditions', ...conditionTag })
    .output(z.array(HubCondition)),
  /** A new one, or the present one changed. BAD_REQUEST: it is no mapping of names to values. FORBIDDEN: somebody else wrote it. */
  save: tester('use')
    .route({ method: 'PUT', path: '/conditions/{id}', ...conditionTag })
    .input(z.object({ id: z.uuid(), name: Name, yaml: z.string().max(200_000) }))
    .output(z.array(HubCondition)),
  /** CONFLICT: a plan needs it. */
  remove: tester('use')
    .route({ method: 'DELETE', path: '/conditions/{id}', ...conditionTag })
    .input(ById)
    .output(z.array(HubCondition)),
};

const planTag = { tags: ['Plans'] };

/** What runs need, saved: test data, conditions, libraries, an image, how many machines. */
export const plans = {
  list: tester('read')
    .route({ method: 'GET', path: '/plans', ...planTag })
    .output(z.array(HubPlan)),
  save: tester('use')
    .route({ method: 'PUT', path: '/plans/{id}', ...planTag })
    .input(z.object({ id: z.uuid(), name: Name, body: HubPlanBody }))
    .output(z.array(HubPlan)),
  remove: tester('use')
    .route({ method: 'DELETE', path: '/plans/{id}', ...planTag })
    .input(ById)
    .output(z.array(HubPlan)),
  /**
   * Asks for a run of each condition on machines of one reservation. The key is the asker's: asked again with the same one, it is asked once.
   * CONFLICT: the reservation has fewer machines than the plan needs. NOT_FOUND: a part of it was removed.
   */
  start: tester('use')
    .route({ method: 'POST', path: '/plans/{id}/runs', ...planTag })
    .input(z.object({ id: Id, key: z.uuid(), reservationId: Id }))
    .output(z.array(HubRun)),
};
