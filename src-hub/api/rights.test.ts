import { createRouterClient, ORPCError } from '@orpc/server';
import type { Kysely } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HubRight } from '../../src-shared/contract/hub/base.ts';
import { hubContract } from '../../src-shared/contract/hub/index.ts';
import { HubRole, HubScope } from '../../src-shared/model/hub-people.ts';
import { composeRouter } from '../app/compose-router.ts';
import type { Principal } from '../people/principal.ts';
import { openStore } from '../store/open-store.ts';
import type { HubTables } from '../store/tables.ts';

/** What each role may, written down again here: the contract may only change together with this list. */
const LEAST: Readonly<Record<string, HubRight['role']>> = {
  'sessions.signIn': 'anyone',
  'sessions.ways': 'anyone',
  'invitations.redeem': 'anyone',
  'system.info': 'tester',
  'sessions.signOut': 'tester',
  'sessions.list': 'tester',
  'sessions.revoke': 'tester',
  'sessions.changePassword': 'tester',
  'tokens.list': 'tester',
  'tokens.create': 'tester',
  'tokens.revoke': 'tester',
  'harnesses.list': 'tester',
  'directory.list': 'tester',
  'directory.offers': 'tester',
  'reservations.list': 'tester',
  'reservations.ask': 'tester',
  'reservations.end': 'tester',
  'reservations.changeEnd': 'tester',
  'reservations.handOver': 'tester',
  'consoles.attach': 'tester',
  'consoles.takeWriter': 'tester',
  'consoles.releaseWriter': 'tester',
  'consoles.write': 'tester',
  'news.watch': 'tester',
  'notices.list': 'tester',
  'notices.markRead': 'tester',
  'hooks.list': 'tester',
  'hooks.create': 'tester',
  'hooks.remove': 'tester',
  'testData.list': 'tester',
  'testData.remove': 'tester',
  'badges.list': 'tester',
  'badges.create': 'tester',
  'badges.remove': 'tester',
  'conditions.list': 'tester',
  'conditions.save': 'tester',
  'conditions.remove': 'tester',
  'plans.list': 'tester',
  'plans.save': 'tester',
  'plans.remove': 'tester',
  'plans.start': 'tester',
  'runs.list': 'tester',
  'runs.get': 'tester',
  'runs.follow': 'tester',
  'runs.start': 'tester',
  'runs.stop': 'tester',
  'runs.rerun': 'tester',
  'runs.remove': 'operator',
  'record.children': 'tester',
  'record.items': 'tester',
  'record.path': 'tester',
  'record.messages': 'tester',
  'record.failures': 'tester',
  'record.find': 'tester',
  'record.follow': 'tester',
  'record.console': 'tester',
  'record.merged': 'tester',
  'record.within': 'tester',
  'reports.artefacts': 'tester',
  'reports.address': 'tester',
  'reports.export': 'tester',
  'timeline.read': 'tester',
  'triage.ofRun': 'tester',
  'triage.mark': 'tester',
  'triage.removeMark': 'tester',
  'groups.list': 'tester',
  'groups.save': 'admin',
  'groups.remove': 'admin',
  'people.list': 'admin',
  'people.change': 'admin',
  'invitations.list': 'admin',
  'invitations.create': 'admin',
  'invitations.withdraw': 'admin',
  'audit.list': 'admin',
  'harnesses.invite': 'operator',
  'harnesses.decide': 'operator',
  'harnesses.rename': 'operator',
};
const READS = /\.(list|info|offers|get|follow|watch|read|ofRun)$|^(record|reports)\./u;
const MANAGES = /^(people|invitations|harnesses|groups)\.|^runs\.remove$/u;

const rank = (role: HubRight['role']) => ['anyone', ...HubRole.options].indexOf(role);
const procedures = Object.entries(hubContract).flatMap(([domain, part]) => Object.keys(part).map((name) => `${domain}.${name}`));

let store: Kysely<HubTables>;
const home = mkdtempSync(join(tmpdir(), 'atn-rights-'));
beforeAll(async () => {
  store = await openStore({ kind: 'sqlite', file: ':memory:' });
});
afterAll(async () => {
  await store.destroy();
  rmSync(home, { recursive: true, force: true });
});

/** Calls with input that no procedure takes: whoever has the right is told that, and nobody else. */
async function answerTo(who: Principal | null, procedure: string): Promise<string> {
  const router = composeRouter({
    store,
    now: Date.now,
    name: 'hub',
    appVersion: '1',
    report: () => undefined,
    home,
    address: () => '',
    provider: null,
  }).router;
  const context = { principal: () => Promise.resolve(who), visitor: { address: '', agent: '' }, setSession: () => undefined };
  const client = createRouterClient(router, { context }) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
  const [domain = '', name = ''] = procedure.split('.');
  try {
    await client[domain]?.[name]?.({ id: 7, limit: 'x', name: 7, role: 7, login: 7, present: 7, search: 7 });
    return 'let in';
  } catch (error) {
    const code = error instanceof ORPCError ? String(error.code) : 'INTERNAL';
    return ['UNAUTHORIZED', 'FORBIDDEN'].includes(code) ? code : 'let in';
  }
}

const person = (role: HubRole, scopes: HubScope[] | null): Principal => ({
  person: { id: 'p', login: 'p', name: 'P', role },
  sessionId: scopes === null ? 's' : null,
  scopes,
});

describe('who may call what', () => {
  it('is written down for every procedure', () => {
    expect(procedures.sort()).toEqual(Object.keys(LEAST).sort());
  });

  it.each(procedures)('%s: every role, with a session and with each scope of a token', async (procedure) => {
    const least = LEAST[procedure] ?? 'admin';
    const scope = READS.test(procedure) ? 'read' : MANAGES.test(procedure) && least !== 'anyone' ? 'manage' : 'use';
    expect(await answerTo(null, procedure)).toBe(least === 'anyone' ? 'let in' : 'UNAUTHORIZED');
    for (const role of HubRole.options) {
      const enough = rank(role) >= rank(least);
      expect([role, await answerTo(person(role, null), procedure)]).toEqual([role, enough ? 'let in' : 'FORBIDDEN']);
      for (const shown of HubScope.options) {
        const may = least === 'anyone' || (enough && shown === scope);
        expect([role, shown, await answerTo(person(role, [shown]), procedure)]).toEqual([role, shown, may ? 'let in' : 'FORBIDDEN']);
      }
    }
  });
});
