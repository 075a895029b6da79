import type { SutObserved } from '../../../src-shared/model/sut-state.ts';
import type { Sut } from '../../../src-shared/model/sut.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import type { WritableStore } from '../../store/handle.ts';
import { listLeases } from '../../store/leases.ts';
import { findSut, listSuts, type SutRow } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import type { SecretStore } from '../secrets/secret-store.ts';

/** What every use case of this folder works with. */
export interface SutServices {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  secrets: SecretStore;
  /** What was last seen of a machine; joined with the service that looks. */
  observed(sut: Pick<SutRow, 'id' | 'createdAt'>): SutObserved;
  /** Reservations, as far as they are held and released here: now and without end. */
  holds: {
    hold(sut: Pick<SutRow, 'name'>, holder: string, caller: Caller): void;
    release(reservationId: string, caller: Caller): void;
  };
}

/** Where a lease is looked up; a machine has at most one. */
export function runsThatUse(services: SutServices): Map<string, Sut['inUse']> {
  return new Map(listLeases(services.store).map(({ sutId, runId, runName }) => [sutId, { runId, runName }]));
}

export function readAllSuts(services: SutServices): Sut[] {
  const uses = runsThatUse(services);
  return listSuts(services.store).map((row) => ({ ...row, inUse: uses.get(row.id) ?? null, observed: services.observed(row) }));
}

export function readSut(services: SutServices, id: string): Sut {
  const row = needSut(services, id);
  return { ...row, inUse: runsThatUse(services).get(id) ?? null, observed: services.observed(row) };
}

/** Those of `ids` that exist, by name; cheaper than all of them when few have changed. */
export function readSuts(services: SutServices, ids: ReadonlySet<string>): Sut[] {
  if (ids.size > FEW) return readAllSuts(services).filter(({ id }) => ids.has(id));
  const uses = runsThatUse(services);
  const rows = [...ids].flatMap((id) => findSut(services.store, id) ?? []);
  return rows.map((row) => ({ ...row, inUse: uses.get(row.id) ?? null, observed: services.observed(row) }));
}

const FEW = 100;

export function needSut(services: SutServices, id: string): SutRow {
  const row = findSut(services.store, id);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This SUT does not exist any more.');
  return row;
}

export function refuseWhileInUse(services: SutServices, sut: SutRow, deed: string): void {
  const use = runsThatUse(services).get(sut.id);
  if (use === undefined || use === null) return;
  throw new WorkbenchError(
    'SUT_BUSY',
    `${sut.name} is in use by the run "${use.runName}" and cannot be ${deed}. Stop the run or wait for its end.`,
    {
      details: [`run ${use.runId}`],
    },
  );
}
