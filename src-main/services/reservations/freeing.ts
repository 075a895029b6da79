import { setTimeout as wait } from 'node:timers/promises';
import { listLeases } from '../../store/leases.ts';
import type { StoredReservation } from '../../store/reservations.ts';
import type { ReservationServices } from './reservation-services.ts';

/** How long consoles, commands and what is to be done at the end may take once no run works on the SUTs any more. */
const QUIET_LIMIT_MS = 30_000;
const LOOK_AGAIN_MS = 100;

/** What this process knows of a hold that is ending; after a restart it is done again, each deed being harmless twice. */
interface Ending {
  why: string;
  sutIds: readonly string[];
  asked: Set<string>;
  quiet: boolean;
  begun: boolean;
  timers: NodeJS.Timeout[];
}

/** Sees to it that a hold that is ending frees its SUTs: runs are stopped, consoles closed, commands waited for, the power cut if asked. */
export class Freeing {
  readonly #services: ReservationServices;
  readonly #onFreed: () => void;
  readonly #endings = new Map<string, Ending>();

  constructor(services: ReservationServices, onFreed: () => void) {
    this.#services = services;
    this.#onFreed = onFreed;
  }

  /** No run has a lease on it, and nothing is under way: where that is so at once, nobody has to wait for anything. */
  isFreed({ id, suts, at_end: atEnd }: StoredReservation): boolean {
    const sutIds = suts.map((sut) => sut.id);
    if (this.#leases(sutIds).length > 0) return false;
    return this.#endings.get(id)?.quiet === true || (atEnd === 'nothing' && this.#services.deeds.isIdle(sutIds));
  }

  act(rows: readonly StoredReservation[]): void {
    const present = new Set(rows.map(({ id }) => id));
    for (const [id, ending] of this.#endings) if (!present.has(id)) this.#forget(id, ending);
    for (const row of rows) this.#free(row);
  }

  close(): void {
    for (const [id, ending] of this.#endings) this.#forget(id, ending);
  }

  #free(row: StoredReservation): void {
    const ending = this.#endings.get(row.id) ?? this.#begin(row);
    const leases = this.#leases(ending.sutIds);
    for (const { runId } of leases) {
      if (ending.asked.has(runId)) continue;
      ending.asked.add(runId);
      this.#attempt(() => this.#services.deeds.stopRun(runId, ending.why));
    }
    if (leases.length > 0 || ending.begun) return;
    ending.begun = true;
    void this.#becomeQuiet(row, ending);
  }

  #begin(row: StoredReservation): Ending {
    const sutIds = row.suts.map(({ id }) => id);
    const why = row.reason ?? 'The reservation has ended.';
    const ending: Ending = { why, sutIds, asked: new Set(), quiet: false, begun: false, timers: [] };
    this.#endings.set(row.id, ending);
    const { ladderMs } = this.#services.policy();
    ending.timers.push(setTimeout(() => this.#stuck(ending), ladderMs + QUIET_LIMIT_MS).unref());
    return ending;
  }

  async #becomeQuiet(row: StoredReservation, ending: Ending): Promise<void> {
    const { deeds } = this.#services;
    const limit = new Promise<'late'>((resolve) => ending.timers.push(setTimeout(() => resolve('late'), QUIET_LIMIT_MS).unref()));
    const work = (async () => {
      await deeds.endUse(ending.sutIds, ending.why);
      await this.#idle(ending);
      if (row.at_end === 'powerOff') await Promise.all(ending.sutIds.map((id) => deeds.powerOff(id, ending.why)));
      return 'quiet' as const;
    })().catch((error: unknown) => {
      this.#services.log.warn('what a reservation asked for at its end could not be done', { reservation: row.id, reason: String(error) });
      return 'quiet' as const;
    });
    const outcome = await Promise.race([work, limit]);
    if (this.#endings.get(row.id) !== ending) return;
    if (outcome === 'late') {
      const evidence = `What was under way when the reservation of ${row.holder} ended did not end within ${QUIET_LIMIT_MS / 1000} s.`;
      for (const id of ending.sutIds) this.#attempt(() => deeds.quarantine(id, evidence));
    }
    ending.quiet = true;
    this.#onFreed();
  }

  /** What was sent already comes to its end by itself; nobody tells, so it is looked at. */
  async #idle(ending: Ending): Promise<void> {
    const known = () => [...this.#endings.values()].includes(ending);
    while (known() && !this.#services.deeds.isIdle(ending.sutIds)) await wait(LOOK_AGAIN_MS);
  }

  #stuck(ending: Ending): void {
    for (const { sutId, runName } of this.#leases(ending.sutIds)) {
      const evidence = `The run "${runName}" did not end though its reservation has: ${ending.why}`;
      this.#attempt(() => this.#services.deeds.quarantine(sutId, evidence));
    }
  }

  #leases(sutIds: readonly string[]) {
    return listLeases(this.#services.store).filter(({ sutId }) => sutIds.includes(sutId));
  }

  #attempt(deed: () => Promise<void>): void {
    deed().catch((error: unknown) => this.#services.log.warn('freeing a SUT met a trouble', { reason: String(error) }));
  }

  #forget(id: string, ending: Ending): void {
    for (const timer of ending.timers) clearTimeout(timer);
    this.#endings.delete(id);
  }
}
