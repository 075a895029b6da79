import type { Sut } from '../../../src-shared/model/sut.ts';
import { WorkbenchError } from '../../errors.ts';
import { saveFindings } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { needSut, readSut } from '../suts/sut-services.ts';
import { recordEvent } from './record-event.ts';
import type { OobmServices } from './oobm-services.ts';

type Services = Pick<OobmServices, 'suts'>;

/** An empty reason ends it. */
export function setMaintenance(services: Services, { id, reason }: { id: string; reason: string }, caller: Caller): Sut {
  needMaintainer(services, id, caller);
  const since = services.suts.clock.now();
  saveFindings(services.suts.store, id, { maintenance: reason === '' ? null : { reason, by: caller.user, since } });
  return told(services, { id, who: caller.user, what: reason === '' ? 'maintenance over' : 'maintenance', why: reason });
}

/** An empty `evidence` ends it, with a note on what was found: the next one to have the machine trusts it. */
export function setQuarantine(
  services: Services,
  { id, evidence, note }: { id: string; evidence: string; note: string },
  caller: Caller,
): Sut {
  needMaintainer(services, id, caller);
  if (evidence === '' && note === '') {
    throw new WorkbenchError('BAD_REQUEST', 'Say what was found or repaired: quarantine ends with a note.');
  }
  return quarantine(services, { id, evidence, note, by: caller.user });
}

/** Without asking who may: also the harness sets a machine aside. */
export function quarantine(
  services: Services,
  { id, evidence, by, note = '' }: { id: string; evidence: string; by: string; note?: string },
): Sut {
  const since = services.suts.clock.now();
  saveFindings(services.suts.store, id, { quarantine: evidence === '' ? null : { evidence, by, since, runId: null } });
  return told(services, { id, who: by, what: evidence === '' ? 'quarantine over' : 'quarantine', why: evidence === '' ? note : evidence });
}

function needMaintainer(services: Services, id: string, caller: Caller): void {
  const { name, maintainedBy } = needSut(services.suts, id);
  if (maintainedBy === caller.user) return;
  throw new WorkbenchError('FORBIDDEN', `${name} is maintained by ${maintainedBy}, who alone can change this. Ask ${maintainedBy}.`);
}

function told(services: Services, { id, who, what, why }: { id: string; who: string; what: string; why: string }): Sut {
  recordEvent(services.suts, { sutId: id, who, what, why: why === '' ? null : why });
  services.suts.changes.emit('suts:setAside', { ids: [id] });
  services.suts.changes.emit('suts:changed', { ids: [id], removed: [] });
  return readSut(services.suts, id);
}
