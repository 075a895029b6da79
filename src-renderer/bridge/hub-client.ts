import { createORPCClient, DynamicLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { HubContract } from '../../src-shared/contract/hub/index.ts';
import { breakTellsAway } from './break-tells-away.ts';
import { keeper } from './client.ts';

/** How long a call waits for a lost link before it fails with a sentence, in milliseconds. */
const PATIENCE = 5000;

/** All that a hub serves, over the same kept link as the client of a harness. Only pages that a hub has served may use it. */
export const hub: ContractRouterClient<HubContract> = createORPCClient(
  new DynamicLink(async () => breakTellsAway(await keeper.link(PATIENCE))),
);

/** The ways in, asked by who is not signed in. */
export async function waysIn(): Promise<{ provider: { name: string; address: string } | null }> {
  const answer = await fetch('/api/v1/sessions/ways', { credentials: 'same-origin' });
  return (await answer.json()) as { provider: { name: string; address: string } | null };
}

export class EntryError extends Error {}

/** A plain request, for who is not signed in and so has no socket. Throws `EntryError` with the hub's sentence. */
export async function enter<Answer>(path: string, body: object): Promise<Answer> {
  const answer = await fetch(`/api/v1/${path}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new EntryError('The hub does not answer. Try again in a moment.');
  });
  const said = (await answer.json().catch(() => ({}))) as { message?: unknown };
  if (answer.ok) return said as Answer;
  throw new EntryError(typeof said.message === 'string' ? said.message : `The hub refused (${answer.status}).`);
}
