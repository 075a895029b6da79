import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Answered, BootDevice, EventLog, FirmwareItem, FruItem, PowerAction, NamedDrive, Sensor } from '../../model/machine.ts';
import { CapabilityCheck, SutEvent } from '../../model/sut-state.ts';
import { Sut } from '../../model/sut.ts';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['SUTs'] };
const ById = z.object({ id: Id });
/**
 * What would hurt a holder, a run or the test environment is answered with CONFIRM_FIRST, whose reasons say whom; the same with `confirmed`
 * is done. Who may not do it at all gets NOT_RESERVED or SUT_BUSY.
 */
const Deed = ById.extend({ reason: z.string().trim().max(500).optional(), confirmed: z.boolean().default(false) });
const Done = z.object(Answered);

export const VerifyEvent = z.discriminatedUnion('type', [
  /** One capability was tried. */
  z.object({ type: z.literal('checked'), check: CapabilityCheck }),
  z.object({ type: z.literal('done'), sut: Sut }),
]);
export type VerifyEvent = z.infer<typeof VerifyEvent>;

export const SensorsEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reading'), sensors: z.array(Sensor), ...Answered }),
  /** It could not be asked this time; the next readings go on. */
  z.object({ type: z.literal('trouble'), at: z.number(), message: z.string() }),
]);
export type SensorsEvent = z.infer<typeof SensorsEvent>;

/** What answered at an address without a login; `sutName` when a SUT is reached there already. */
export const FoundMachine = z.object({
  address: z.string(),
  ipmiPort: z.number().int().nullable(),
  redfish: z
    .object({
      url: z.string(),
      version: z.string(),
      vendor: z.string().nullable(),
      product: z.string().nullable(),
      fingerprint: z.string().nullable(),
    })
    .nullable(),
  sutName: z.string().nullable(),
});
export type FoundMachine = z.infer<typeof FoundMachine>;

export const DiscoverEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('found'), machine: FoundMachine }),
  z.object({ type: z.literal('progress'), done: z.number().int(), total: z.number().int(), found: z.number().int() }),
  z.object({ type: z.literal('done'), total: z.number().int(), found: z.number().int() }),
]);
export type DiscoverEvent = z.infer<typeof DiscoverEvent>;

export const sutOperations = {
  /** Asks every address of the ranges once (`10.20.4.0/24`, `10.20.4.10-40`, one address), at most `perSecond`; leaving the feed cancels. */
  discover: procedure
    .route({ method: 'POST', path: '/suts/discover', ...tag })
    .input(
      z.object({
        ranges: z.array(z.string().trim().min(1).max(100)).min(1).max(50),
        perSecond: z.number().int().min(5).max(1000).default(200),
        ipmiPort: z.number().int().min(1).max(65_535).nullable().default(623),
        redfishPort: z.number().int().min(1).max(65_535).nullable().default(443),
      }),
    )
    .output(eventIterator(DiscoverEvent)),
  /** The certificate or host key that an address shows, before anything secret is sent to it: to compare, and to keep as `pin`. */
  inspect: procedure
    .route({ method: 'POST', path: '/suts/inspect', ...tag })
    .input(
      z.object({ provider: z.enum(['redfish', 'ssh']), address: z.string().trim().min(1).max(300), port: z.number().int().nullable() }),
    )
    .output(z.object({ fingerprint: z.string().nullable(), about: z.string() })),
  /** Tries each capability and keeps the card; leaving the feed cancels. */
  verify: procedure
    .route({ method: 'POST', path: '/suts/{id}/verify', ...tag })
    .input(ById)
    .output(eventIterator(VerifyEvent)),
  /** Asks now, whatever was seen before. */
  powerStatus: procedure
    .route({ method: 'GET', path: '/suts/{id}/power', ...tag })
    .input(ById)
    .output(z.object({ on: z.boolean(), detail: z.string().nullable(), ...Answered })),
  power: procedure
    .route({ method: 'POST', path: '/suts/{id}/power', ...tag })
    .input(Deed.extend({ action: PowerAction }))
    .output(Done),
  /** The same for many; each comes out by itself. */
  powerMany: procedure
    .route({ method: 'POST', path: '/suts/power', ...tag })
    .input(Deed.omit({ id: true }).extend({ ids: z.array(Id).min(1).max(500), action: PowerAction }))
    .output(
      z.array(
        z.object({
          id: Id,
          name: z.string(),
          /** `confirm`: not done, because it would hurt somebody; the same with `confirmed` is done. */
          outcome: z.enum(['done', 'confirm', 'refused', 'failed']),
          message: z.string().nullable(),
        }),
      ),
    ),
  bootDevice: procedure
    .route({ method: 'PUT', path: '/suts/{id}/boot-device', ...tag })
    .input(Deed.extend({ device: BootDevice, lasting: z.enum(['once', 'always']).default('once') }))
    .output(Done),
  drives: procedure
    .route({ method: 'GET', path: '/suts/{id}/media', ...tag })
    .input(ById)
    .output(z.object({ drives: z.array(NamedDrive), ...Answered })),
  /** `image`: an image of the library by its name, an address that the BMC can fetch, or a full path for a virtual machine of the harness. */
  insertMedia: procedure
    .route({ method: 'PUT', path: '/suts/{id}/media', ...tag })
    .input(Deed.extend({ image: z.string().min(1).max(2000), drive: z.string().optional() }))
    .output(Done),
  ejectMedia: procedure
    .route({ method: 'DELETE', path: '/suts/{id}/media', ...tag })
    .input(Deed.extend({ drive: z.string().optional() }))
    .output(Done),
  /** Lights the lamp for `seconds`, or switches it off. */
  identify: procedure
    .route({ method: 'PUT', path: '/suts/{id}/identify', ...tag })
    .input(Deed.extend({ on: z.boolean(), seconds: z.number().int().min(1).max(255).optional() }))
    .output(Done),
  sensors: procedure
    .route({ method: 'GET', path: '/suts/{id}/sensors', ...tag })
    .input(ById)
    .output(z.object({ sensors: z.array(Sensor), ...Answered })),
  /** Readings as long as somebody looks, every few seconds; opens with the last ones. */
  watchSensors: procedure
    .route({ method: 'GET', path: '/suts/{id}/sensors/watch', ...tag })
    .input(ById)
    .output(eventIterator(SensorsEvent)),
  eventLog: procedure
    .route({ method: 'GET', path: '/suts/{id}/event-log', ...tag })
    .input(ById)
    .output(EventLog.extend(Answered)),
  clearEventLog: procedure
    .route({ method: 'DELETE', path: '/suts/{id}/event-log', ...tag })
    .input(Deed)
    .output(Done),
  inventory: procedure
    .route({ method: 'GET', path: '/suts/{id}/inventory', ...tag })
    .input(ById)
    .output(z.object({ parts: z.array(FruItem), firmware: z.array(FirmwareItem), problems: z.array(z.string()) })),
  /** What happened to it, newest first; `before`: the id of the last event that is known already. */
  events: procedure
    .route({ method: 'GET', path: '/suts/{id}/events', ...tag })
    .input(ById.extend({ before: Id.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.array(SutEvent)),
  /**
   * Only the maintainer sets and clears both; an empty text clears. As long as one is set, no new hold and no new run gets the machine; what
   * goes on already goes on. Quarantine is cleared with a `note` on what was found.
   */
  setMaintenance: procedure
    .route({ method: 'PUT', path: '/suts/{id}/maintenance', ...tag })
    .input(ById.extend({ reason: z.string().trim().max(1000) }))
    .output(Sut),
  setQuarantine: procedure
    .route({ method: 'PUT', path: '/suts/{id}/quarantine', ...tag })
    .input(ById.extend({ evidence: z.string().trim().max(4000), note: z.string().trim().max(1000).default('') }))
    .output(Sut),
  /** Adds the eight simulated machines of the demo lab; those that are there stay. */
  openDemoLab: procedure.route({ method: 'POST', path: '/suts/demo-lab', ...tag }).output(z.array(Sut)),
};
