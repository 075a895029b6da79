import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { ConditionInput, TestCondition } from '../../model/condition.ts';
import { Id, Name } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Conditions'] };
const ById = z.object({ id: Id });

export const conditions = {
  list: procedure.route({ method: 'GET', path: '/conditions', ...tag }).output(z.array(TestCondition)),
  get: procedure
    .route({ method: 'GET', path: '/conditions/{id}', ...tag })
    .input(ById)
    .output(TestCondition),
  /** Refused with CONFLICT when another condition has the name, BAD_REQUEST with every reason when variables or inheritance are wrong. */
  create: procedure
    .route({ method: 'POST', path: '/conditions', ...tag })
    .input(ConditionInput)
    .output(TestCondition),
  update: procedure
    .route({ method: 'PUT', path: '/conditions/{id}', ...tag })
    .input(z.object({ id: Id, content: ConditionInput }))
    .output(TestCondition),
  /** Refused with CONFLICT while another condition inherits from it or a plan has it as its default. Runs keep what they were bound to. */
  remove: procedure
    .route({ method: 'DELETE', path: '/conditions/{id}', ...tag })
    .input(ById)
    .output(z.object({ removed: z.literal(true) })),
  /** Its own variables; a secret is written as `!secret`, without its value. Comments of an imported file are not kept. */
  export: procedure
    .route({ method: 'GET', path: '/conditions/{id}/yaml', ...tag })
    .input(ById)
    .output(z.object({ fileName: z.string(), yaml: z.string() })),
  /**
   * A file made by `export`, or a plain YAML variable file (a mapping of names to values; its `name` must be given). The same name again
   * replaces its variables; a secret keeps its stored value. `notes`: what was not taken over, and secrets to be supplied, each a sentence.
   */
  import: procedure
    .route({ method: 'POST', path: '/conditions/import', ...tag })
    .input(z.object({ yaml: z.string().max(10_000_000), name: Name.optional() }))
    .output(z.object({ condition: TestCondition, notes: z.array(z.string()) })),
  /** The whole list at each change: there are few. */
  watch: procedure.route({ method: 'GET', path: '/conditions/watch', ...tag }).output(eventIterator(z.array(TestCondition))),
};
