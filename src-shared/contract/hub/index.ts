import { audit } from './audit.ts';
import { consoles } from './consoles.ts';
import { directory, reservations } from './directory.ts';
import { groups } from './groups.ts';
import { harnesses } from './harnesses.ts';
import { hooks } from './hooks.ts';
import { invitations } from './invitations.ts';
import { news } from './news.ts';
import { notices } from './notices.ts';
import { people } from './people.ts';
import { badges } from './badges.ts';
import { conditions, plans } from './plans.ts';
import { record, reports, runs, testData, timeline, triage } from './runs.ts';
import { sessions } from './sessions.ts';
import { system } from './system.ts';
import { tokens } from './tokens.ts';

/** Named, for the same reason as the contract of the harness. */
export type HubContract = {
  system: typeof system;
  sessions: typeof sessions;
  tokens: typeof tokens;
  people: typeof people;
  groups: typeof groups;
  invitations: typeof invitations;
  audit: typeof audit;
  harnesses: typeof harnesses;
  directory: typeof directory;
  reservations: typeof reservations;
  consoles: typeof consoles;
  news: typeof news;
  notices: typeof notices;
  hooks: typeof hooks;
  testData: typeof testData;
  badges: typeof badges;
  conditions: typeof conditions;
  plans: typeof plans;
  runs: typeof runs;
  record: typeof record;
  reports: typeof reports;
  timeline: typeof timeline;
  triage: typeof triage;
};

/** What a hub serves to people and scripts: WebSocket and REST are transports of this one contract. */
export const hubContract: HubContract = {
  system,
  sessions,
  tokens,
  people,
  groups,
  invitations,
  audit,
  harnesses,
  directory,
  reservations,
  consoles,
  news,
  notices,
  hooks,
  testData,
  badges,
  conditions,
  plans,
  runs,
  record,
  reports,
  timeline,
  triage,
};
