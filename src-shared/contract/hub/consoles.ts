import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { ConsoleState } from '../../model/console.ts';
import { Id, Name } from '../../model/text.ts';
import { ConsoleEvent } from '../harness/consoles.ts';
import { right, tester } from './base.ts';

const tag = { tags: ['Consoles'] };
const One = z.object({ harnessId: Id, sut: Name });
const PATH = '/harnesses/{harnessId}/consoles/{sut}';

/**
 * The console of a machine that one holds, where the owner of its lab lets remote people read or type. NOT_RESERVED: one does not hold it.
 * FORBIDDEN: the lab does not allow it. HUB_OFFLINE: the lab does not answer.
 */
export const consoles = {
  /**
   * What it says, live: what is past in short, or from `offset` of `recordingId` on. Bytes that begin behind the last ones mean that something
   * was left out, because it came faster than it can be shown from afar; the lab has all of it. Ends with an error when one may look no more.
   */
  attach: tester('use')
    .route({ method: 'GET', path: PATH, ...tag })
    .input(One.extend({ recordingId: Id.optional(), offset: z.coerce.number().int().min(0).optional() }))
    .output(eventIterator(ConsoleEvent)),
  /** Becomes the one who types. CONFIRM_FIRST: somebody would feel it. CONFLICT: somebody else types, and was asked for it. */
  takeWriter: tester('use')
    .route({ method: 'PUT', path: `${PATH}/writer`, ...tag })
    .input(One.extend({ confirmed: z.boolean().default(false) }))
    .output(ConsoleState),
  releaseWriter: tester('use')
    .route({ method: 'DELETE', path: `${PATH}/writer`, ...tag })
    .input(One)
    .output(ConsoleState),
  /** Types. Refused unless one is the one who types; the audit log has who that was, not each key. */
  write: tester('use')
    .meta({ right: { ...right('tester', 'use'), audited: false } })
    .route({ method: 'POST', path: `${PATH}/write`, ...tag })
    .input(One.extend({ text: z.string().max(10_000) }))
    .output(ConsoleState),
};
