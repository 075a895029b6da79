import type { SutInput as SutInputSchema, Sut } from '../../../src-shared/model/sut.ts';
import type { z } from 'zod';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { deleteSecret, saveSecret } from '../../store/secrets.ts';
import { findSutByName, saveSut, type SutFacts, type SutRow } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { checkFields } from './check-fields.ts';
import { keepFields, type KeptFields } from './keep-fields.ts';
import { needSut, readSut, refuseWhileInUse, type SutServices } from './sut-services.ts';

export type SutRequest = z.output<typeof SutInputSchema>;

export async function createSut(services: SutServices, request: SutRequest, caller: Caller): Promise<Sut> {
  checkFields(request.information);
  const fields = await keepFields(request.information, [], services.secrets);
  const now = services.clock.now();
  const sut = save(services, fields, () => ({
    id: newId(now),
    name: request.name,
    role: request.role,
    information: fields.information,
    tags: distinct(request.tags),
    maintainedBy: request.maintainedBy ?? caller.user,
    createdAt: now,
    changedAt: now,
  }));
  services.changes.emit('system:changed', {});
  return sut;
}

/** Replaces what the SUT says of itself; only its maintainer hands it to another maintainer. Runs under way keep what they were given. */
export async function updateSut(services: SutServices, { id, ...request }: SutRequest & { id: string }, caller: Caller): Promise<Sut> {
  checkFields(request.information);
  const fields = await keepFields(request.information, needSut(services, id).information, services.secrets);
  return save(services, fields, () => {
    const before = needSut(services, id);
    const maintainedBy = request.maintainedBy ?? before.maintainedBy;
    if (maintainedBy !== before.maintainedBy && caller.user !== before.maintainedBy) {
      throw new WorkbenchError(
        'FORBIDDEN',
        `Only ${before.maintainedBy}, who maintains ${before.name}, can hand it to another maintainer.`,
      );
    }
    if (request.role !== before.role) refuseOtherRole(services, before);
    return {
      ...before,
      name: request.name,
      role: request.role,
      information: fields.information,
      tags: distinct(request.tags),
      maintainedBy,
      changedAt: services.clock.now(),
    };
  });
}

function refuseOtherRole(services: SutServices, sut: SutRow): void {
  refuseWhileInUse(services, sut, 'given another role');
  if (sut.reservedBy === null) return;
  throw new WorkbenchError('CONFLICT', `${sut.name} is held by ${sut.reservedBy}. It can be given another role when it has been released.`);
}

/** One transaction: the SUT, and the secrets that it gained and lost. `make` sees the store as it is at that moment. */
function save(services: SutServices, fields: KeptFields, make: () => SutFacts): Sut {
  const { store } = services;
  const row = store.transaction(() => {
    const sut = make();
    const namesake = findSutByName(store, sut.name);
    if (namesake !== undefined && namesake.id !== sut.id) {
      throw new WorkbenchError('CONFLICT', `There is a SUT named ${namesake.name} already. Choose another name.`);
    }
    for (const secret of fields.sealed) saveSecret(store, secret, sut.changedAt);
    for (const reference of fields.dropped) deleteSecret(store, reference);
    saveSut(store, sut);
    return sut;
  })();
  services.changes.emit('suts:changed', { ids: [row.id], removed: [] });
  return readSut(services, row.id);
}

function distinct(tags: readonly string[]): string[] {
  return [...new Set(tags)];
}
