import { implement } from '@orpc/server';
import { hubContract } from '../../src-shared/contract/hub/index.ts';
import { askRerun, askRun, askStop } from '../runs/ask-run.ts';
import type { RunExports } from '../runs/export-run.ts';
import { followRecord, followRun } from '../runs/follow-runs.ts';
import { createBadge, listBadges, removeBadge } from '../runs/badges.ts';
import { listRuns, needRun } from '../runs/list-runs.ts';
import { RecordCopies } from '../runs/read-record.ts';
import { removeRun } from '../runs/remove-run.ts';
import { readTimeline } from '../runs/read-timeline.ts';
import type { ReportFiles } from '../runs/report-files.ts';
import type { HubRunServices } from '../runs/run-services.ts';
import { addMark, readTriage, removeMark } from '../runs/triage.ts';
import { listTestData, removeTestData } from '../uploads/test-data.ts';
import { signedIn, type CallContext, type HubPart } from './context.ts';

export function testDataPart(services: HubRunServices): HubPart<'testData'> {
  const procedures = implement(hubContract.testData).$context<CallContext>();
  return {
    list: procedures.list.handler(() => listTestData(services)),
    remove: procedures.remove.handler(async ({ input, context }) => {
      await removeTestData(services, input.id, signedIn(context).person);
      return listTestData(services);
    }),
  };
}

export function runsPart(services: HubRunServices): HubPart<'runs'> {
  const procedures = implement(hubContract.runs).$context<CallContext>();
  return {
    list: procedures.list.handler(({ input: { mine, ...wanted }, context }) =>
      listRuns(services, { ...wanted, person: mine ? signedIn(context).person.login : null }),
    ),
    get: procedures.get.handler(({ input }) => needRun(services, input.id)),
    follow: procedures.follow.handler(async ({ input, signal }) => {
      await needRun(services, input.id);
      return followRun(services, input.id, signal);
    }),
    start: procedures.start.handler(async ({ input, context }) => {
      await askRun(services, input, signedIn(context).person.login);
      return needRun(services, input.id);
    }),
    stop: procedures.stop.handler(async ({ input, context }) => {
      await askStop(services, input, signedIn(context).person);
      return needRun(services, input.id);
    }),
    rerun: procedures.rerun.handler(async ({ input, context }) =>
      needRun(services, await askRerun(services, input, signedIn(context).person.login)),
    ),
    remove: procedures.remove.handler(async ({ input }) => {
      await removeRun(services, input.id);
      return { removed: true };
    }),
  };
}

export function recordPart(services: HubRunServices): HubPart<'record'> {
  const procedures = implement(hubContract.record).$context<CallContext>();
  const copies = new RecordCopies(services);
  return {
    children: procedures.children.handler(({ input: { id, parent, ...page } }) => copies.children(id, parent, page)),
    items: procedures.items.handler(({ input: { id, ids } }) => copies.items(id, ids)),
    path: procedures.path.handler(({ input: { id, item } }) => copies.path(id, item)),
    messages: procedures.messages.handler(({ input: { id, item, ...page } }) => copies.messages(id, item, page)),
    failures: procedures.failures.handler(({ input: { id, ...page } }) => copies.failures(id, page)),
    find: procedures.find.handler(({ input: { id, text, ...page } }) => copies.find(id, text, page)),
    follow: procedures.follow.handler(async ({ input: { id, cursor }, signal }) => {
      await needRun(services, id);
      return followRecord(services, { id, cursor }, signal);
    }),
    console: procedures.console.handler(({ input: { id, ...place } }) => copies.console(id, place)),
    within: procedures.within.handler(({ input: { id, ...stretch } }) => copies.within(id, stretch)),
    merged: procedures.merged.handler(({ input: { id } }) => copies.merged(id)),
  };
}

/** `address`: how browsers are told to reach this hub. */
export function reportsPart({ files, exports }: { files: ReportFiles; exports: RunExports }, address: () => string): HubPart<'reports'> {
  const procedures = implement(hubContract.reports).$context<CallContext>();
  return {
    artefacts: procedures.artefacts.handler(({ input: { id } }) => files.artefacts(id)),
    address: procedures.address.handler(async ({ input: { id, path } }) => ({ url: `${address()}${await files.path(id, path)}` })),
    export: procedures.export.handler(async ({ input: { id, form } }) => {
      const { path, fileName } = await exports.path(id, form);
      return { url: `${address()}${path}`, fileName };
    }),
  };
}

/** `address`: how browsers are told to reach this hub. */
export function badgesPart(services: HubRunServices, address: () => string): HubPart<'badges'> {
  const procedures = implement(hubContract.badges).$context<CallContext>();
  return {
    list: procedures.list.handler(() => listBadges(services)),
    create: procedures.create.handler(async ({ input: { name }, context }) => {
      const { badge, image, latest } = await createBadge(services, { name, person: signedIn(context).person.login });
      return { badge, image: `${address()}${image}`, latest: `${address()}${latest}` };
    }),
    remove: procedures.remove.handler(async ({ input: { id }, context }) => {
      await removeBadge(services, id, signedIn(context).person);
      return listBadges(services);
    }),
  };
}

export function timelinePart(services: HubRunServices, files: ReportFiles): HubPart<'timeline'> {
  const procedures = implement(hubContract.timeline).$context<CallContext>();
  return { read: procedures.read.handler(({ input: { id } }) => readTimeline(services, files, id)) };
}

export function triagePart(services: HubRunServices): HubPart<'triage'> {
  const procedures = implement(hubContract.triage).$context<CallContext>();
  return {
    ofRun: procedures.ofRun.handler(({ input: { id } }) => readTriage(services, id)),
    mark: procedures.mark.handler(({ input, context }) => addMark(services, input, signedIn(context).person.login)),
    removeMark: procedures.removeMark.handler(async ({ input: { id }, context }) => {
      await removeMark(services, id, signedIn(context).person);
      return { removed: true };
    }),
  };
}
