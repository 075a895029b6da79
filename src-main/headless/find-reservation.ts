import type { Reservation } from '../../src-shared/model/reservation.ts';
import { WorkbenchError } from '../errors.ts';
import type { HarnessClient } from './command.ts';

/** The reservation that a person means by an id, the beginning of one, or "last": the newest of their own that has not ended. */
export async function findReservation(client: HarnessClient, word: string): Promise<Reservation> {
  if (word.length === 36) return client.reservations.get({ id: word });
  if (word === 'last') return newestOwn(client);
  const found = (await client.reservations.list({ alive: true })).filter(({ id }) => id.startsWith(word));
  const [reservation, ...others] = found;
  if (reservation === undefined)
    throw new WorkbenchError('NOT_FOUND', `No reservation begins with "${word}". "atn reservations" lists them.`);
  if (others.length > 0)
    throw new WorkbenchError('CONFLICT', `${found.length} reservations begin with "${word}". Give more of the id.`, {
      details: found.map(({ id, holder }) => `${id} ${holder}`),
    });
  return reservation;
}

async function newestOwn(client: HarnessClient): Promise<Reservation> {
  const own = await client.reservations.list({ alive: true, mine: true });
  own.sort((a, b) => b.requestedAt - a.requestedAt || (a.id < b.id ? 1 : -1));
  if (own[0] === undefined) throw new WorkbenchError('NOT_FOUND', 'No reservation of yours is under way or to come.');
  return own[0];
}
