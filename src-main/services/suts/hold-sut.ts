import type { Sut } from '../../../src-shared/model/sut.ts';
import { WorkbenchError } from '../../errors.ts';
import { saveSut, type SutRow } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { needSut, readSut, refuseWhileInUse, type SutServices } from './sut-services.ts';

/** Reserves it from now on, open-ended, for the caller or a colleague. Who holds it already goes on holding it. */
export function holdSut(services: SutServices, request: { id: string; by?: string | undefined }, caller: Caller): Sut {
  const holder = request.by ?? caller.user;
  return change(services, request.id, (sut, now) => {
    if (sut.role === 'environment') {
      throw new WorkbenchError('CONFLICT', `${sut.name} is part of the test environment: every test may use it, so nobody holds it.`);
    }
    if (sut.reservedBy === holder) return sut;
    if (sut.reservedBy !== null) throw heldByOther(sut);
    return { ...sut, reservedBy: holder, reservedSince: now };
  });
}

/** Only the holder or the maintainer releases, and not under a run that works on it. */
export function releaseSut(services: SutServices, id: string, caller: Caller): Sut {
  return change(services, id, (sut) => {
    if (sut.reservedBy === null) return sut;
    if (caller.user !== sut.reservedBy && caller.user !== sut.maintainedBy) {
      throw new WorkbenchError('FORBIDDEN', `${sut.name} is held by ${sut.reservedBy}. Only ${people(sut)} can release it.`);
    }
    refuseWhileInUse(services, sut, 'released');
    return { ...sut, reservedBy: null, reservedSince: null };
  });
}

function change(services: SutServices, id: string, decide: (sut: SutRow, now: number) => SutRow): Sut {
  const changed = services.store.transaction(() => {
    const before = needSut(services, id);
    const after = decide(before, services.clock.now());
    if (after !== before) saveSut(services.store, { ...after, changedAt: services.clock.now() });
    return after !== before;
  })();
  if (changed) services.changes.emit('suts:changed', { ids: [id], removed: [] });
  return readSut(services, id);
}

function heldByOther(sut: SutRow): WorkbenchError {
  const message = `${sut.name} is held by ${sut.reservedBy ?? 'somebody'}. Ask ${people(sut)} to release it.`;
  return new WorkbenchError('NOT_RESERVED', message, { reasons: [{ code: 'NOT_RESERVED', message, subject: sut.name }] });
}

function people({ reservedBy, maintainedBy }: SutRow): string {
  return reservedBy === maintainedBy ? maintainedBy : `${reservedBy ?? 'the holder'} or ${maintainedBy}, who maintains it,`;
}
