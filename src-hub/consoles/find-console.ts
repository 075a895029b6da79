import { ReservationFact } from '../../src-shared/protocol/items.ts';
import { HubError } from '../errors.ts';
import { isUp } from '../links/attach-links.ts';
import { readPolicy } from '../links/read-policy.ts';
import type { LinkServices } from '../links/link-services.ts';
import { findHarness, type HarnessRow } from '../store/links.ts';

export interface WantedConsole {
  harnessId: string;
  /** Name of the machine. */
  sut: string;
  /** Login of who asks. */
  person: string;
}

/** Where to ask for it. Throws NOT_FOUND, NOT_RESERVED, FORBIDDEN (the lab shows none) or HUB_OFFLINE (the lab is away). */
export async function findConsole({ store, now }: LinkServices, wanted: WantedConsole): Promise<{ sutId: string; session: string }> {
  const harness = await findHarness(store, wanted.harnessId);
  if (harness === undefined || harness.state !== 'approved') throw new HubError('NOT_FOUND', 'This lab is not part of the hub (any more).');
  const sutId = await findHeld(store, wanted);
  if (sutId === null) throw new HubError('NOT_RESERVED', `You do not hold ${wanted.sut} now. Reserve it, and open its console then.`);
  demandShown(harness);
  if (harness.session === null || !isUp(harness, now()))
    throw new HubError('HUB_OFFLINE', `${harness.name} does not answer now. The console comes back with it.`);
  return { sutId, session: harness.session };
}

function demandShown({ name, policy }: HarnessRow): void {
  const consoles = readPolicy(policy)?.consoles ?? null;
  if (consoles === null)
    throw new HubError('FORBIDDEN', `The workbench of ${name} is older and shows no consoles. Ask its owner to update.`);
  if (consoles === 'nothing') throw new HubError('FORBIDDEN', `${name} does not show its consoles to remote people. Ask its owner.`);
}

/** Under an active reservation, as the lab said last. */
async function findHeld(store: LinkServices['store'], { harnessId, sut, person }: WantedConsole): Promise<string | null> {
  const rows = await store
    .selectFrom('remote_reservation')
    .select('fact')
    .where('harness_id', '=', harnessId)
    .where('person', '=', person)
    .where('state', '=', 'active')
    .execute();
  for (const { fact } of rows) {
    const held = fact === null ? undefined : ReservationFact.parse(JSON.parse(fact)).suts.find(({ name }) => name === sut);
    if (held !== undefined) return held.id;
  }
  return null;
}
