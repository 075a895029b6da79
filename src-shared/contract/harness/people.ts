import { z } from 'zod';
import { Person } from '../../model/reservation.ts';
import { PersonName } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['People'] };

/** Colleagues who may hold and maintain machines of this harness. */
export const people = {
  list: procedure.route({ method: 'GET', path: '/people', ...tag }).output(z.array(Person)),
  /** Adds a colleague or changes how to reach them. */
  save: procedure
    .route({ method: 'PUT', path: '/people', ...tag })
    .input(z.object({ name: PersonName, contact: z.string().trim().max(500).default('') }))
    .output(z.array(Person)),
  /** Refused with CONFLICT while they hold or maintain something. */
  remove: procedure
    .route({ method: 'DELETE', path: '/people/{name}', ...tag })
    .input(z.object({ name: PersonName }))
    .output(z.array(Person)),
};
