import type { AtEnd, Need, ProvisionAtEnd, Reservation, ReservedSut } from '../../src-shared/model/reservation.ts';
import type { ReservationState } from '../../src-shared/model/reservation-states.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

/** One line of the table `reservation`, as SQLite has it. */
export interface ReservationRow {
  number: number;
  id: string;
  revision: number;
  holder: string;
  requested_by: string;
  need: string | null;
  purpose: string;
  priority: number;
  if_busy: 'wait' | 'refuse';
  at_end: Exclude<AtEnd, 'provision'>;
  end_provision: string | null;
  prepares: string | null;
  state: ReservationState;
  reason_code: NonNullable<Reservation['reason']>['code'] | null;
  reason: string | null;
  wanted_begin: number | null;
  duration_ms: number | null;
  begin_at: number | null;
  end_at: number | null;
  answer_by: number | null;
  gap_until: number | null;
  waiting: string | null;
  ends_with_runs: number;
  reminded_at: number | null;
  requested_at: number;
  changed_at: number;
}

/** A row with its SUTs. */
export interface StoredReservation extends ReservationRow {
  suts: ReservedSut[];
}

export interface NewReservation {
  id: string;
  holder: string;
  requestedBy: string;
  suts: readonly ReservedSut[];
  need: Need | null;
  purpose: string;
  priority: number;
  ifBusy: 'wait' | 'refuse';
  atEnd: Exclude<AtEnd, 'provision'>;
  /** What the SUTs are provisioned with when it is over. */
  endProvision?: ProvisionAtEnd | null;
  /** What the harness itself holds them for. */
  prepares?: ProvisionAtEnd | null;
  wantedBegin: number | null;
  durationMs: number | null;
  answerBy: number | null;
  endsWithRuns: boolean;
  at: number;
}

/** Writes a wish. The caller holds the transaction and decides in it. */
export function insertReservation(store: WritableStore, reservation: NewReservation): number {
  const { suts, need, endsWithRuns, endProvision = null, prepares = null, ...columns } = reservation;
  const { lastInsertRowid } = store
    .prepare(
      `INSERT INTO reservation (id, holder, requested_by, need, purpose, priority, if_busy, at_end, wanted_begin, duration_ms, answer_by,
         ends_with_runs, end_provision, prepares, requested_at, changed_at)
       VALUES (@id, @holder, @requestedBy, @need, @purpose, @priority, @ifBusy, @atEnd, @wantedBegin, @durationMs, @answerBy,
         @endsWithRuns, @endProvision, @prepares, @at, @at)`,
    )
    .run({
      ...columns,
      need: asJson(need),
      endProvision: asJson(endProvision),
      prepares: asJson(prepares),
      endsWithRuns: endsWithRuns ? 1 : 0,
    });
  const number = Number(lastInsertRowid);
  writeReservedSuts(store, number, suts);
  return number;
}

const asJson = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

export function writeReservedSuts(store: WritableStore, number: number, suts: readonly ReservedSut[]): void {
  store.prepare('DELETE FROM reservation_sut WHERE reservation = ?').run(number);
  const add = store.prepare('INSERT INTO reservation_sut (reservation, ordinal, sut_id, name) VALUES (?, ?, ?, ?)');
  suts.forEach((sut, ordinal) => add.run(number, ordinal, sut.id, sut.name));
}

export function findReservation(store: ReadableStore, id: string): StoredReservation | undefined {
  const row = store.prepare<[string], ReservationRow>('SELECT * FROM reservation WHERE id = ?').get(id);
  return row && withSuts(store, [row])[0];
}

export const ALIVE = "state IN ('requested', 'waiting', 'granted', 'active', 'ending')";

/** Every wish and every hold, by arrival. */
export function listLiveReservations(store: ReadableStore): StoredReservation[] {
  return withSuts(store, store.prepare<[], ReservationRow>(`SELECT * FROM reservation WHERE ${ALIVE} ORDER BY number`).all());
}

export interface ReservationFilter {
  sut?: string | undefined;
  holder?: string | undefined;
  /** Leaves out what is over, or what was over before `since` (UTC ms). */
  alive?: boolean | undefined;
  since?: number | undefined;
  states?: readonly ReservationState[] | undefined;
  ids?: readonly string[] | undefined;
  limit: number;
}

/** Newest first. */
export function listReservations(store: ReadableStore, filter: ReservationFilter): StoredReservation[] {
  const { sut, holder, alive, since, states, ids, limit } = filter;
  const conditions = [
    ...(sut === undefined ? [] : ['number IN (SELECT reservation FROM reservation_sut WHERE name = @sut)']),
    ...(holder === undefined ? [] : ['holder = @holder']),
    ...(alive === true ? [ALIVE] : []),
    ...(since === undefined ? [] : [`(${ALIVE} OR (changed_at >= @since AND begin_at IS NOT NULL))`]),
    ...(states === undefined ? [] : ['state IN (SELECT value FROM json_each(@states))']),
    ...(ids === undefined ? [] : ['id IN (SELECT value FROM json_each(@ids))']),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const values = { sut, holder, since, states: JSON.stringify(states ?? []), ids: JSON.stringify(ids ?? []), limit };
  return withSuts(
    store,
    store.prepare<[typeof values], ReservationRow>(`SELECT * FROM reservation ${where} ORDER BY number DESC LIMIT @limit`).all(values),
  );
}

/** Changes single facts; `state` is moved by `moveReservation` only. */
export function updateReservation(
  store: WritableStore,
  number: number,
  patch: Partial<Omit<ReservationRow, 'number' | 'id' | 'state' | 'revision'>>,
): void {
  const columns = Object.keys(patch);
  store
    .prepare(
      `UPDATE reservation SET revision = revision + 1, ${columns.map((column) => `${column} = @${column}`).join(', ')} WHERE number = @number`,
    )
    .run({ ...patch, number });
}

/** Which reservation has a SUT now. */
export function findHolding(store: ReadableStore, sutId: string): StoredReservation | undefined {
  const row = store
    .prepare<[string], ReservationRow>('SELECT r.* FROM reservation AS r JOIN hold ON hold.reservation = r.number WHERE hold.sut_id = ?')
    .get(sutId);
  return row && withSuts(store, [row])[0];
}

/** Who may use each SUT now: id to person. What is ending belongs to nobody any more. */
export function listActiveHolders(store: ReadableStore): Map<string, string> {
  const rows = store
    .prepare<[], { id: string; holder: string }>(
      `SELECT hold.sut_id AS id, r.holder FROM hold JOIN reservation AS r ON r.number = hold.reservation WHERE r.state = 'active'`,
    )
    .all();
  return new Map(rows.map(({ id, holder }) => [id, holder]));
}

function withSuts(store: ReadableStore, rows: readonly ReservationRow[]): StoredReservation[] {
  if (rows.length === 0) return [];
  const found = store
    .prepare<[string], ReservedSut & { reservation: number }>(
      `SELECT reservation, sut_id AS id, name FROM reservation_sut
       WHERE reservation IN (SELECT value FROM json_each(?)) ORDER BY reservation, ordinal`,
    )
    .all(JSON.stringify(rows.map(({ number }) => number)));
  const suts = grouped(found);
  return rows.map((row) => ({ ...row, suts: suts.get(row.number) ?? [] }));
}

function grouped(rows: readonly (ReservedSut & { reservation: number })[]): Map<number, ReservedSut[]> {
  const groups = new Map<number, ReservedSut[]>();
  for (const { reservation, id, name } of rows) {
    const group = groups.get(reservation);
    if (group === undefined) groups.set(reservation, [{ id, name }]);
    else group.push({ id, name });
  }
  return groups;
}
