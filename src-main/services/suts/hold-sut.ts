import type { Sut } from '../../../src-shared/model/sut.ts';
import { WorkbenchError } from '../../errors.ts';
import type { SutRow } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { needSut, readSut, refuseWhileInUse, type SutServices } from './sut-services.ts';

/** Reserves it from now on, open-ended, for the caller or a colleague. Who holds it already goes on holding it. */
export function holdSut(services: SutServices, request: { id: string; by?: string | undefined }, caller: Caller): Sut {
  const sut = needSut(services, request.id);
  const holder = request.by ?? caller.user;
  if (sut.role === 'environment') {
    throw new WorkbenchError('CONFLICT', `${sut.name} is part of the test environment: every test may use it, so nobody holds it.`);
  }
  if (sut.reservedBy !== holder) services.holds.hold(sut, holder, caller);
  return readSut(services, request.id);
}

/** Only the holder or the maintainer releases, and not under a run that works on it: that is for ending the reservation. */
export function releaseSut(services: SutServices, id: string, caller: Caller): Sut {
  const sut = needSut(services, id);
  if (sut.reservationId === null) return readSut(services, id);
  if (caller.user !== sut.reservedBy && caller.user !== sut.maintainedBy) {
    throw new WorkbenchError('FORBIDDEN', `${sut.name} is held by ${sut.reservedBy ?? 'somebody'}. Only ${people(sut)} can release it.`);
  }
  refuseWhileInUse(services, sut, 'released');
  services.holds.release(sut.reservationId, caller);
  return readSut(services, id);
}

function people({ reservedBy, maintainedBy }: SutRow): string {
  return reservedBy === maintainedBy ? maintainedBy : `${reservedBy ?? 'the holder'} or ${maintainedBy}, who maintains it,`;
}
