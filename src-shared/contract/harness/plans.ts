import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { PlanContent, PlanVersion, TestPlan } from '../../model/plan.ts';
import { Id, Sha256 } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Plans'] };
const ById = z.object({ id: Id });

export const plans = {
  list: procedure.route({ method: 'GET', path: '/plans', ...tag }).output(z.array(TestPlan)),
  get: procedure
    .route({ method: 'GET', path: '/plans/{id}', ...tag })
    .input(ById)
    .output(TestPlan),
  /** Refused with CONFLICT when another plan has the name, NOT_FOUND when test data, revision or condition do not exist. */
  create: procedure
    .route({ method: 'POST', path: '/plans', ...tag })
    .input(PlanContent)
    .output(TestPlan),
  /** The whole content anew: one more version, none when nothing is different. `expected` refuses (CONFLICT) what would write over a version not seen. */
  update: procedure
    .route({ method: 'PUT', path: '/plans/{id}', ...tag })
    .input(z.object({ id: Id, content: PlanContent, expected: Sha256.optional() }))
    .output(TestPlan),
  copy: procedure
    .route({ method: 'POST', path: '/plans/{id}/copy', ...tag })
    .input(z.object({ id: Id, name: PlanContent.shape.name.optional() }))
    .output(TestPlan),
  /** Runs keep what they were bound to. */
  remove: procedure
    .route({ method: 'DELETE', path: '/plans/{id}', ...tag })
    .input(ById)
    .output(z.object({ removed: z.literal(true) })),
  /** Newest first. */
  versions: procedure
    .route({ method: 'GET', path: '/plans/{id}/versions', ...tag })
    .input(ById)
    .output(z.array(PlanVersion)),
  /** What a plan said under this hash, also after it was removed. */
  version: procedure
    .route({ method: 'GET', path: '/plan-versions/{sha256}', ...tag })
    .input(z.object({ sha256: Sha256 }))
    .output(PlanContent),
  /** YAML that another home can import: test data and condition by name, not by id. */
  export: procedure
    .route({ method: 'GET', path: '/plans/{id}/yaml', ...tag })
    .input(ById)
    .output(z.object({ fileName: z.string(), yaml: z.string() })),
  /** The same name again makes a new version. Refused with every name that is not known here. */
  import: procedure
    .route({ method: 'POST', path: '/plans/import', ...tag })
    .input(z.object({ yaml: z.string().max(10_000_000) }))
    .output(TestPlan),
  /** The whole list at each change: there are few. */
  watch: procedure.route({ method: 'GET', path: '/plans/watch', ...tag }).output(eventIterator(z.array(TestPlan))),
};
