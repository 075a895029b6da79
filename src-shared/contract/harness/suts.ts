import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Sut, SutInput } from '../../model/sut.ts';
import { Id, PersonName } from '../../model/text.ts';
import { procedure } from '../base.ts';
import { sutFiles } from './sut-files.ts';
import { sutOperations } from './sut-operations.ts';

const tag = { tags: ['SUTs'] };
const ById = z.object({ id: Id });

export const SutFeed = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), seq: z.number().int(), suts: z.array(Sut) }),
  z.object({ type: z.literal('changed'), seq: z.number().int(), suts: z.array(Sut), removed: z.array(Id) }),
]);
export type SutFeed = z.infer<typeof SutFeed>;

export const suts = {
  ...sutOperations,
  ...sutFiles,
  list: procedure.route({ method: 'GET', path: '/suts', ...tag }).output(z.array(Sut)),
  get: procedure
    .route({ method: 'GET', path: '/suts/{id}', ...tag })
    .input(ById)
    .output(Sut),
  create: procedure
    .route({ method: 'POST', path: '/suts', ...tag })
    .input(SutInput)
    .output(Sut),
  update: procedure
    .route({ method: 'PUT', path: '/suts/{id}', ...tag })
    .input(SutInput.extend({ id: Id }))
    .output(Sut),
  /** Refused with SUT_BUSY while a run has it, with CONFLICT while somebody else holds it. */
  remove: procedure
    .route({ method: 'DELETE', path: '/suts/{id}', ...tag })
    .input(ById)
    .output(z.object({ removed: z.literal(true) })),
  /** Reserve it now, open-ended, for oneself or a colleague. */
  hold: procedure
    .route({ method: 'PUT', path: '/suts/{id}/holder', ...tag })
    .input(z.object({ id: Id, by: PersonName.optional() }))
    .output(Sut),
  /** Only the holder or the maintainer releases; refused with SUT_BUSY while a run works on it. */
  release: procedure
    .route({ method: 'DELETE', path: '/suts/{id}/holder', ...tag })
    .input(ById)
    .output(Sut),
  watch: procedure.route({ method: 'GET', path: '/suts/watch', ...tag }).output(eventIterator(SutFeed)),
};
