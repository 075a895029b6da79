import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Bringing } from '../../model/hub-plans.ts';
import { HubRun, HubTestData } from '../../model/hub-runs.ts';
import { RunOptions } from '../../model/run.ts';
import { Selection } from '../../model/test-data.ts';
import { Id, Name } from '../../model/text.ts';
import { record as harnessRecord } from '../harness/record.ts';
import { reports as harnessReports } from '../harness/reports.ts';
import { timeline as harnessTimeline } from '../harness/timeline.ts';
import { triage as harnessTriage } from '../harness/triage.ts';
import { operator, right, tester } from './base.ts';

const ById = z.object({ id: Id });
const data = { tags: ['Test data'] };

/** Suites, libraries and images that people have brought. They come by resumable uploads (tus) at /api/uploads, which say their `kind`. */
export const testData = {
  list: tester('read')
    .route({ method: 'GET', path: '/test-data', ...data })
    .output(z.array(HubTestData)),
  /** FORBIDDEN: somebody else brought it. Runs that used it keep what they are bound to at their labs. */
  remove: tester('use')
    .route({ method: 'DELETE', path: '/test-data/{id}', ...data })
    .input(ById)
    .output(z.array(HubTestData)),
};

const tag = { tags: ['Runs'] };

/** Runs at the labs, asked for here. One run is one lab: it runs on machines of one reservation. */
export const runs = {
  /** The newest first; `text` is looked for in name, machines, lab, person and condition. */
  list: tester('read')
    .route({ method: 'GET', path: '/runs', ...tag })
    .input(
      z.object({
        text: z.string().max(200).default(''),
        mine: z.boolean().default(false),
        active: z.boolean().default(false),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.array(HubRun)),
  get: tester('read')
    .route({ method: 'GET', path: '/runs/{id}', ...tag })
    .input(ById)
    .output(HubRun),
  /** One run, whole, at each change; ends when nothing more can come. */
  follow: tester('read')
    .route({ method: 'GET', path: '/runs/{id}/follow', ...tag })
    .input(ById)
    .output(eventIterator(HubRun)),
  /** The id is the asker's: asked again with the same one, it is asked once. The lab checks everything before it queues it, and says every reason. */
  start: tester('use')
    .route({ method: 'POST', path: '/runs', ...tag })
    .input(
      z.object({
        id: z.uuid(),
        reservationId: Id,
        testDataId: Id,
        name: Name.optional(),
        /** All machines of the reservation where it is absent. */
        suts: z.array(Name).min(1).max(200).optional(),
        selection: Selection.default({ include: [], exclude: [], suites: [], tests: [] }),
        condition: z.object({ name: Name, yaml: z.string().max(200_000) }).optional(),
        options: RunOptions.prefault({}),
        bringing: Bringing.prefault({}),
      }),
    )
    .output(HubRun),
  /** Asks Robot to end, so that tear-downs run; `now` skips the grace. FORBIDDEN: it is somebody else's, and one is no operator. */
  stop: tester('use')
    .route({ method: 'POST', path: '/runs/{id}/stop', ...tag })
    .input(ById.extend({ now: z.boolean().default(false) }))
    .output(HubRun),
  /** The same again on machines that one holds now, in the same lab; `failedOnly` takes just what did not pass. NOT_RESERVED: one holds them no more. */
  rerun: tester('use')
    .route({ method: 'POST', path: '/runs/{id}/rerun', ...tag })
    .input(ById.extend({ failedOnly: z.boolean().default(false) }))
    .output(HubRun),
  /** Its record and report are deleted here, for good. CONFLICT: it goes on. */
  remove: operator('manage')
    .route({ method: 'DELETE', path: '/runs/{id}', ...tag })
    .input(ById)
    .output(z.object({ removed: z.literal(true) })),
};

const reads = { right: right('tester', 'read') };

/** As a harness answers it, of the copy that the hub has: live while the run goes on, whole when it is published. */
export const record = {
  children: harnessRecord.children.meta(reads),
  items: harnessRecord.items.meta(reads),
  path: harnessRecord.path.meta(reads),
  messages: harnessRecord.messages.meta(reads),
  failures: harnessRecord.failures.meta(reads),
  find: harnessRecord.find.meta(reads),
  follow: harnessRecord.follow.meta(reads),
  console: harnessRecord.console.meta(reads),
  within: harnessRecord.within.meta(reads),
  merged: harnessRecord.merged.meta(reads),
};

export const reports = {
  artefacts: harnessReports.artefacts.meta(reads),
  address: harnessReports.address.meta(reads),
  /** Of a published run. NOT_FOUND: this run has no such file. The address is good for half a day. */
  export: harnessReports.export.meta(reads),
};

/** What the lab published of the machines; empty until then. */
export const timeline = { read: harnessTimeline.read.meta(reads) };

const notes = { right: right('tester', 'use') };

/** What people note here on runs of all labs. Rules that recognise known failures stand where the tests run. */
export const triage = {
  ofRun: harnessTriage.ofRun.meta(reads),
  mark: harnessTriage.mark.meta(notes),
  /** FORBIDDEN: somebody else wrote it, and one is no operator. */
  removeMark: harnessTriage.removeMark.meta(notes),
};
