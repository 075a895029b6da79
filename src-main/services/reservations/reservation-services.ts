import type { ProvisionAtEnd } from '../../../src-shared/model/reservation.ts';
import type { DecidingPolicy } from '../../../src-shared/model/reservation-decide.ts';
import type { Changes } from '../../changes.ts';
import type { HarnessClock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { WritableStore } from '../../store/handle.ts';

/** What acts on SUTs besides runs, and what is done to them; joined by compose.ts. */
export interface SutDeeds {
  /** Asks a run to end, by the stop ladder. A run that is ending already is left alone. */
  stopRun(runId: string, why: string): Promise<void>;
  /** Whether no console is open and no command is under way on any of them. */
  isIdle(sutIds: readonly string[]): boolean;
  /** Ends consoles and queued commands of whoever had these SUTs; resolves when nothing is under way on them. */
  endUse(sutIds: readonly string[], why: string): Promise<void>;
  /** Switches a SUT off at the end of a hold that asked for it. */
  powerOff(sutId: string, why: string): Promise<void>;
  /** Provisions a SUT that the harness itself holds, as a run of its own; asked again with the same key it answers how far that one is. */
  provision(wish: ProvisionAtEnd & { key: string; sut: string }): Promise<{ ended: boolean; problem: string | null }>;
  /** Sets a SUT aside that could not be freed. */
  quarantine(sutId: string, evidence: string): Promise<void>;
}

export interface ReservationPolicy extends DecidingPolicy {
  /** How long before the end of a hold its holder is reminded; 0 = never. */
  remindMinutes: number;
  /** How long the stop ladder of a run may take at most, ms. */
  ladderMs: number;
}

/** Everything the reservations work with. */
export interface ReservationServices {
  store: WritableStore;
  changes: Changes;
  clock: HarnessClock;
  log: Log;
  policy(): ReservationPolicy;
  deeds: SutDeeds;
}

/** What a transaction changed, told after it is written. */
export interface Changed {
  reservations: Set<string>;
  suts: Set<string>;
}

export function nothingChanged(): Changed {
  return { reservations: new Set(), suts: new Set() };
}

export function announce({ changes }: Pick<ReservationServices, 'changes'>, { reservations, suts }: Changed): void {
  if (reservations.size > 0) changes.emit('reservations:changed', { ids: [...reservations] });
  if (suts.size === 0) return;
  changes.emit('fences:changed', { sutIds: [...suts] });
  changes.emit('suts:changed', { ids: [...suts], removed: [] });
}
