import type { RunFact } from '../../src-shared/protocol/items.ts';
import { tellOfRun } from '../notices/tell.ts';
import type { HarnessRow, LinkWrite } from '../store/links.ts';
import { findRemoteRun, insertRemoteRun, NOTHING_SAID, updateRemoteRun } from '../store/runs.ts';

/** Ended and refused are final here, also when a later history of the home remembers less. */
const isFinal = (state: string | null) => state === 'ended' || state === 'refused';

/** A harness speaks for runs that were asked of it, and of those that only it remembers after the hub was restored. */
export async function applyRun(write: LinkWrite, harness: HarnessRow, { fact, now }: { fact: RunFact; now: number }): Promise<void> {
  const said = {
    state: fact.state,
    revision: fact.revision,
    refusal: fact.refusal === null ? null : JSON.stringify(fact.refusal),
    told_at: now,
    ...(fact.run === null ? {} : { view: JSON.stringify(fact.run) }),
  };
  const known = await findRemoteRun(write, fact.id);
  if (known === undefined) {
    const name = fact.run?.name ?? 'A run';
    const asked = { asked: null, asked_at: now, test_data_id: null, mail_gen: harness.mail_gen, mail_seq: 0 };
    return insertRemoteRun(write, { id: fact.id, harness_id: harness.id, person: fact.person, name, ...asked, ...NOTHING_SAID, ...said });
  }
  if (known.harness_id !== harness.id || (known.revision !== null && fact.revision <= known.revision)) return;
  if (isFinal(known.state) && !isFinal(fact.state)) return;
  await updateRemoteRun(write, fact.id, said);
  await tellOfRun(write, known, { harness, fact, now });
}
