import type { StoredReservation } from '../../store/reservations.ts';
import { provisionOf } from './read-reservations.ts';
import type { ReservationServices } from './reservation-services.ts';

/** Provisions the SUTs that the harness itself holds for that, between two people; also those that a harness before it had begun with. */
export class Preparing {
  readonly #services: ReservationServices;
  readonly #onDone: (reservationId: string, message: string) => void;
  readonly #asking = new Set<string>();

  constructor(services: ReservationServices, onDone: (reservationId: string, message: string) => void) {
    this.#services = services;
    this.#onDone = onDone;
  }

  act(rows: readonly StoredReservation[]): void {
    for (const row of rows) {
      if (row.prepares === null || row.state !== 'active' || this.#asking.has(row.id)) continue;
      this.#asking.add(row.id);
      void this.#look(row).finally(() => this.#asking.delete(row.id));
    }
  }

  /** Begins it or goes on with it; where it is over, the machine goes to the next one, or is set aside with the reason. */
  async #look({ id, suts, prepares, requested_by: who }: StoredReservation): Promise<void> {
    const { deeds, log } = this.#services;
    const [sut] = suts;
    const provision = provisionOf(prepares);
    if (sut === undefined || provision === null) return;
    const { ended, problem } = await deeds.provision({ key: id, sut: sut.name, ...provision }).catch((error: unknown) => ({
      ended: true,
      problem: error instanceof Error ? error.message : String(error),
    }));
    if (!ended) return;
    if (problem !== null) {
      const evidence = `It could not be provisioned with ${provision.image ?? provision.recipe} at the end of the reservation of ${who}: ${problem}`;
      await deeds.quarantine(sut.id, evidence.slice(0, 4000)).catch((error: unknown) => log.error('a SUT could not be set aside', error));
    }
    this.#onDone(id, problem === null ? 'It is provisioned.' : 'It could not be provisioned.');
  }
}
