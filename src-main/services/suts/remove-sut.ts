import { WorkbenchError } from '../../errors.ts';
import { deleteSecret } from '../../store/secrets.ts';
import { deleteSut } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { referencesOf } from './keep-fields.ts';
import { needSut, refuseWhileInUse, type SutServices } from './sut-services.ts';

/** Removes the SUT with its secrets. Runs of the past keep its name and what they were given. */
export function removeSut(services: SutServices, id: string, caller: Caller): void {
  services.store.transaction(() => {
    const sut = needSut(services, id);
    refuseWhileInUse(services, sut, 'removed');
    if (sut.reservedBy !== null && sut.reservedBy !== caller.user) {
      throw new WorkbenchError('CONFLICT', `${sut.name} is held by ${sut.reservedBy}. It can be removed when it has been released.`);
    }
    const ways = sut.endpoints.flatMap(({ secret }) => secret ?? []);
    for (const reference of [...referencesOf(sut.information), ...ways]) deleteSecret(services.store, reference);
    deleteSut(services.store, id);
  })();
  services.changes.emit('suts:changed', { ids: [], removed: [id] });
  services.changes.emit('system:changed', {});
}
