import { z } from 'zod';
import { Id } from '../../model/text.ts';
import { Trigger, TriggerChange, TriggerInput } from '../../model/trigger.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Triggers'] };

/** Each change answers all triggers: there are few. What starts a plan is no procedure: POST to the `address` of a trigger, with its secret. */
export const triggers = {
  list: procedure.route({ method: 'GET', path: '/triggers', ...tag }).output(z.array(Trigger)),
  save: procedure
    .route({ method: 'POST', path: '/triggers', ...tag })
    .input(z.object({ id: Id.nullable().default(null), content: TriggerInput }))
    .output(TriggerChange),
  /** Makes a new secret; the one before is worth nothing from then on. */
  rotate: procedure
    .route({ method: 'POST', path: '/triggers/{id}/secret', ...tag })
    .input(z.object({ id: Id }))
    .output(TriggerChange),
  remove: procedure
    .route({ method: 'DELETE', path: '/triggers/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(Trigger)),
};
