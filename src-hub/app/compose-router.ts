import { openContentStore } from '@atn/content-store';
import type { Kysely } from 'kysely';
import { join } from 'node:path';
import { consolesPart } from '../api/consoles.ts';
import { directoryPart, harnessesPart, reservationsPart } from '../api/labs.ts';
import { auditPart, groupsPart, invitationsPart, peoplePart, sessionsPart, systemPart, tokensPart } from '../api/people.ts';
import { hooksPart } from '../api/hooks.ts';
import { newsPart } from '../api/news.ts';
import { noticesPart } from '../api/notices.ts';
import { conditionsPart, plansPart } from '../api/plans.ts';
import { badgesPart, recordPart, reportsPart, runsPart, testDataPart, timelinePart, triagePart } from '../api/runs.ts';
import { createRouter, type HubRouter } from '../api/router.ts';
import type { Report } from '../api/translate-errors.ts';
import { WatchedConsoles } from '../consoles/watch-console.ts';
import { LinkCalls } from '../links/link-calls.ts';
import { LinkNotices, type LinkServices } from '../links/link-services.ts';
import { tellOfPerson } from '../links/wishes.ts';
import type { PeopleServices } from '../people/people-services.ts';
import { RunExports } from '../runs/export-run.ts';
import { OpenRecords } from '../runs/open-records.ts';
import { ReportFiles } from '../runs/report-files.ts';
import type { HubRunServices } from '../runs/run-services.ts';
import { SignedPaths } from '../runs/signed-paths.ts';
import { takeLane } from '../runs/take-lane.ts';
import { GroupedWrites } from '../store/grouped-writes.ts';
import type { HubTables } from '../store/tables.ts';

/** A heartbeat and how a run stands may wait so long for others. */
const HEARD_MS = 50;

interface Given {
  store: Kysely<HubTables>;
  /** UTC ms. */
  now(): number;
  name: string;
  appVersion: string;
  report: Report;
  /** The other way in, beside passwords. */
  provider: { name: string; address: string } | null;
  /** Folder for files: contents by hash, copies of records. */
  home: string;
  /** How browsers are told to reach this hub. */
  address(): string;
}

/** Services and the procedures on them; no server yet. */
export function composeRouter({ store, now, name, appVersion, report, home, address, provider }: Given): {
  router: HubRouter;
  people: PeopleServices;
  links: LinkServices;
  runs: HubRunServices;
  reports: ReportFiles;
  exports: RunExports;
} {
  const links: LinkServices = {
    ...{ store, now, heard: new GroupedWrites(store, HEARD_MS), hubName: () => name, notices: new LinkNotices(), calls: new LinkCalls() },
    takeLane: (harnessId, lane) => takeLane(runs, harnessId, lane),
  };
  const runs: HubRunServices = {
    ...links,
    content: openContentStore(join(home, 'content')),
    folder: join(home, 'runs'),
    records: new OpenRecords(),
  };
  const paths = new SignedPaths(runs);
  const reports = new ReportFiles(runs, paths);
  const exports = new RunExports(runs, { files: reports, paths });
  const people: PeopleServices = {
    store,
    now,
    ended: (sessionIds) => sessionIds.forEach((id) => links.notices.tell(id, 'session')),
    barred: (login, off) => tellOfPerson(links, login, off),
  };
  const parts = {
    system: systemPart(people, { name, appVersion }),
    sessions: sessionsPart(people, provider),
    tokens: tokensPart(people),
    people: peoplePart(people),
    groups: groupsPart(people),
    invitations: invitationsPart(people),
    audit: auditPart(people),
    harnesses: harnessesPart(links),
    directory: directoryPart(links),
    reservations: reservationsPart(links),
    consoles: consolesPart(new WatchedConsoles(links)),
    news: newsPart(links.notices),
    notices: noticesPart(links),
    hooks: hooksPart(links),
    testData: testDataPart(runs),
    badges: badgesPart(runs, address),
    conditions: conditionsPart(runs),
    plans: plansPart(runs),
    runs: runsPart(runs),
    record: recordPart(runs),
    reports: reportsPart({ files: reports, exports }, address),
    timeline: timelinePart(runs, reports),
    triage: triagePart(runs),
  };
  return { router: createRouter(parts, people, report), people, links, runs, reports, exports };
}
