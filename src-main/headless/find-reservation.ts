import type { Reservation } from '../../src-shared/model/reservation.ts';
import { WorkbenchError } from '../errors.ts';
import type { HarnessClient } from './command.ts';

/** The reservation that a person means by an id or the beginning of one. */
export async function findReservation(client: HarnessClient, word: string): Promise<Reservation> {
  if (word.length === 36) return client.reservations.get({ id: word });
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
