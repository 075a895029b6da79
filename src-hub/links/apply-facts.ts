import { chainAfter } from '../../src-shared/protocol/chain.ts';
import { readFact, type DirectorySut, type Fact, type Item, type ReservationFact } from '../../src-shared/protocol/items.ts';
import type { Facts, FactsAnswer } from '../../src-shared/protocol/messages.ts';
import { findRemoteReservation, updateHarness, type HarnessRow, type LinkWrite } from '../store/links.ts';
import { tellOfReservation } from '../notices/tell.ts';
import { applyRun } from './apply-run.ts';
import { sha256, type LinkServices } from './link-services.ts';

/**
 * Applies what comes next, with its place, in one transaction that only the present session can write. What was counted before is counted
 * once; what does not follow on it is not looked at. What this version cannot read is set aside, and the log goes on.
 */
export async function applyFacts(services: LinkServices, harnessId: string, facts: Facts): Promise<FactsAnswer> {
  const now = services.now();
  const answer = await services.store.transaction().execute(async (write): Promise<FactsAnswer> => {
    const harness = await write
      .updateTable('harness')
      .set({ last_heard: now })
      .where('id', '=', harnessId)
      .where('session', '=', facts.session)
      .where('store_gen', '=', facts.storeGen)
      .where('state', '=', 'approved')
      .returningAll()
      .executeTakeFirst();
    if (harness === undefined) return { kind: 'overtaken' };
    let { seq, chain } = harness;
    for (const item of followingItems(harness, facts)) {
      await applyItem(write, harness, { item, session: facts.session, now });
      chain = chainAfter(chain, item, sha256);
      seq = item.seq;
    }
    if (seq > harness.seq) await updateHarness(write, harnessId, { seq, chain });
    return { kind: 'counted', seq };
  });
  for (const item of facts.items) {
    const fact = readFact(item);
    if (fact?.kind !== 'run') continue;
    services.notices.tell(fact.body.id, 'run');
    services.notices.tell(fact.body.id, 'record');
  }
  services.notices.tell(harnessId);
  return answer;
}

/** Those behind what is counted, if the chain of those before is ours. */
function followingItems(harness: HarnessRow, { before, items }: Facts): Item[] {
  let [chain, last] = [before, (items[0]?.seq ?? 1) - 1];
  const following: Item[] = [];
  for (const item of items) {
    if (item.seq !== last + 1 || (last === harness.seq && chain !== harness.chain) || last > harness.seq + following.length) break;
    if (item.seq > harness.seq) following.push(item);
    chain = chainAfter(chain, item, sha256);
    last = item.seq;
  }
  return following;
}

async function applyItem(
  write: LinkWrite,
  harness: HarnessRow,
  { item, session, now }: { item: Item; session: string; now: number },
): Promise<void> {
  const fact = readFact(item);
  if (fact === null) {
    const parked = { harness_id: harness.id, store_gen: harness.store_gen ?? '', seq: item.seq, kind: item.kind, body: item.body, at: now };
    await write.insertInto('parked_fact').values(parked).execute();
    return;
  }
  await applyFact(write, harness, { fact, session, now });
}

async function applyFact(
  write: LinkWrite,
  harness: HarnessRow,
  { fact, session, now }: { fact: Fact; session: string; now: number },
): Promise<void> {
  switch (fact.kind) {
    case 'open':
      if (fact.body.session === session) await updateHarness(write, harness.id, { opened: 1 });
      return;
    case 'policy':
      return updateHarness(write, harness.id, {
        paused: fact.body.paused ? 1 : 0,
        policy: policyOf(fact.body),
      });
    case 'directory':
      return applyDirectory(write, harness.id, fact.body);
    case 'reservation':
      return applyReservation(write, harness, { fact: fact.body, now });
    case 'run':
      return applyRun(write, harness, { fact: fact.body, now });
    case 'change':
      await write
        .updateTable('remote_reservation')
        .set({ change_asked_at: null, change_refused: fact.body.refused === null ? null : JSON.stringify(fact.body.refused) })
        .where('id', '=', fact.body.id)
        .where('harness_id', '=', harness.id)
        .where('change_id', '=', fact.body.changeId)
        .execute();
  }
}

/** What is not said is null: an older harness. */
function policyOf({ runs, bring, consoles }: Extract<Fact, { kind: 'policy' }>['body']): string {
  return JSON.stringify({ runs: runs ?? null, bring: bring ?? null, consoles: consoles ?? null });
}

async function applyDirectory(
  write: LinkWrite,
  id: string,
  { full, upserts, removals }: { full: boolean; upserts: DirectorySut[]; removals: string[] },
): Promise<void> {
  if (full) await write.deleteFrom('directory_sut').where('harness_id', '=', id).execute();
  else if (removals.length > 0) await write.deleteFrom('directory_sut').where('harness_id', '=', id).where('id', 'in', removals).execute();
  for (const sut of upserts) {
    const row = { name: sut.name, body: JSON.stringify(sut) };
    await write
      .insertInto('directory_sut')
      .values({ harness_id: id, id: sut.id, ...row })
      .onConflict((conflict) => conflict.columns(['harness_id', 'id']).doUpdateSet(row))
      .execute();
  }
}

/** A harness speaks for reservations that were asked of it, and of those that only it remembers after the hub was restored. */
async function applyReservation(
  write: LinkWrite,
  harness: HarnessRow,
  { fact, now }: { fact: ReservationFact; now: number },
): Promise<void> {
  const said = { state: fact.state, revision: fact.revision, fact: JSON.stringify(fact), told_at: now };
  const known = await findRemoteReservation(write, fact.id);
  if (known === undefined) {
    const place = {
      mail_gen: harness.mail_gen,
      mail_seq: 0,
      end_asked_at: null,
      change_id: null,
      change_asked_at: null,
      change_refused: null,
    };
    const row = { id: fact.id, harness_id: harness.id, person: fact.person, asked: null, asked_at: now, ...place, ...said };
    await write.insertInto('remote_reservation').values(row).execute();
    return tellOfReservation(write, undefined, { harness, fact, now });
  }
  if (known.harness_id !== harness.id || (known.revision !== null && fact.revision < known.revision)) return;
  await write.updateTable('remote_reservation').set(said).where('id', '=', fact.id).execute();
  await tellOfReservation(write, known, { harness, fact, now });
}
