import { z } from 'zod';
import { HubOffer, HubReservation, HubSut } from '../../model/hub-directory.ts';
import { Need } from '../../model/reservation.ts';
import { Id, Milliseconds, Name, PersonName, Timestamp } from '../../model/text.ts';
import { tester } from './base.ts';

/** Machines of all labs, as their harnesses last said. */
export const directory = {
  /** `search` is looked for in names, tags, labs and fields; `free` asks for those that nobody has now. */
  list: tester('read')
    .route({ method: 'GET', path: '/suts', tags: ['Directory'] })
    .input(
      z.object({
        search: z.string().max(200).default(''),
        free: z.boolean().default(false),
        limit: z.number().int().min(1).max(1000).default(200),
      }),
    )
    .output(z.object({ rows: z.array(HubSut), all: z.number().int() })),
  /** Labs that have enough machines like that under one harness, the likeliest first; what is chosen is then asked for by name. */
  offers: tester('read')
    .route({ method: 'POST', path: '/suts/offers', tags: ['Directory'] })
    .input(z.object({ ...Need.shape, begin: Timestamp.optional(), durationMs: Milliseconds.min(60_000).optional() }))
    .output(z.array(HubOffer)),
};

const tag = { tags: ['Reservations'] };

/** Wishes to the labs. Each lab decides on its own machines; until it has, nothing is reserved. */
export const reservations = {
  /** One's own, or everybody's; those that are over are left out unless asked for. */
  list: tester('read')
    .route({ method: 'GET', path: '/reservations', ...tag })
    .input(
      z.object({
        everybody: z.boolean().default(false),
        over: z.boolean().default(false),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.array(HubReservation)),
  /** The id is the asker's: asked again with the same one, it is asked once. NOT_FOUND: the lab or a machine is not shared here. */
  ask: tester('use')
    .route({ method: 'POST', path: '/reservations', ...tag })
    .input(
      z.object({
        id: z.uuid(),
        harnessId: Id,
        suts: z.array(Name).min(1).max(200),
        begin: Timestamp.optional(),
        durationMs: Milliseconds.min(60_000).optional(),
        purpose: z.string().trim().max(500).default(''),
        ifBusy: z.enum(['wait', 'refuse']).default('wait'),
      }),
    )
    .output(HubReservation),
  /** Releases what one has, or takes a wish back. */
  end: tester('use')
    .route({ method: 'DELETE', path: '/reservations/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(HubReservation),
  /** Asks for another end; null = none. The lab refuses where somebody would be late. */
  changeEnd: tester('use')
    .route({ method: 'PUT', path: '/reservations/{id}/end', ...tag })
    .input(z.object({ id: Id, end: Timestamp.nullable() }))
    .output(HubReservation),
  /**
   * Asks that somebody else has it from now on, until the same end: a login of the hub, or who maintains the machine at the lab. The lab
   * decides; what it grants is a reservation of its own.
   */
  handOver: tester('use')
    .route({ method: 'PUT', path: '/reservations/{id}/holder', ...tag })
    .input(z.object({ id: Id, to: PersonName, at: z.enum(['hub', 'lab']).default('hub') }))
    .output(HubReservation),
};
