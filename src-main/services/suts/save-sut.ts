import type { SutInput as SutInputSchema, Sut } from '../../../src-shared/model/sut.ts';
import type { z } from 'zod';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { deleteSecret, saveSecret } from '../../store/secrets.ts';
import { addSutEvent } from '../../store/sut-events.ts';
import { findSut, findSutByName, saveSut, type SutFacts, type SutRow } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { checkFields } from './check-fields.ts';
import { keepEndpoints } from './keep-endpoints.ts';
import { keepFields, type KeptFields } from './keep-fields.ts';
import { needSut, readSut, refuseWhileInUse, type SutServices } from './sut-services.ts';

export type SutRequest = z.output<typeof SutInputSchema>;

export async function createSut(services: SutServices, request: SutRequest, caller: Caller): Promise<Sut> {
  checkFields(request.information);
  const now = services.clock.now();
  const fields = await keepFields(request.information, [], services.secrets);
  const ways = await keepEndpoints(request.endpoints ?? [], [], { secrets: services.secrets, now });
  const sut = save(services, { fields: bothOf(fields, ways), who: caller.user }, () => ({
    id: newId(now),
    name: request.name,
    role: request.role,
    information: fields.information,
    tags: distinct(request.tags),
    maintainedBy: request.maintainedBy ?? caller.user,
    parentId: checkedParent(services, null, request.parentId ?? null),
    endpoints: ways.endpoints,
    createdAt: now,
    changedAt: now,
  }));
  services.changes.emit('system:changed', {});
  return sut;
}

/** Replaces what the SUT says of itself; only its maintainer hands it to another maintainer. Runs under way keep what they were given. */
export async function updateSut(services: SutServices, { id, ...request }: SutRequest & { id: string }, caller: Caller): Promise<Sut> {
  checkFields(request.information);
  const known = needSut(services, id);
  const fields = await keepFields(request.information, known.information, services.secrets);
  const ways =
    request.endpoints === undefined
      ? null
      : await keepEndpoints(request.endpoints, known.endpoints, { secrets: services.secrets, now: services.clock.now() });
  return save(services, { fields: ways === null ? fields : bothOf(fields, ways), who: caller.user }, () => {
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
      parentId: request.parentId === undefined ? before.parentId : checkedParent(services, id, request.parentId),
      endpoints: ways?.endpoints ?? before.endpoints,
      changedAt: services.clock.now(),
    };
  });
}

function bothOf(fields: KeptFields, ways: Pick<KeptFields, 'sealed' | 'dropped'>): KeptFields {
  return { ...fields, sealed: [...fields.sealed, ...ways.sealed], dropped: [...fields.dropped, ...ways.dropped] };
}

/** A SUT is in another one that exists, and never in itself, however long the way round. */
function checkedParent(services: SutServices, id: string | null, parentId: string | null): string | null {
  const seen = new Set<string>(id === null ? [] : [id]);
  for (let next = parentId; next !== null;) {
    if (seen.has(next)) throw new WorkbenchError('CONFLICT', 'A machine cannot be part of itself. Choose another one that it is part of.');
    seen.add(next);
    const parent = findSut(services.store, next);
    if (parent === undefined) throw new WorkbenchError('NOT_FOUND', 'The machine that it is part of does not exist any more.');
    next = parent.parentId;
  }
  return parentId;
}

function refuseOtherRole(services: SutServices, sut: SutRow): void {
  refuseWhileInUse(services, sut, 'given another role');
  if (sut.reservedBy === null) return;
  throw new WorkbenchError('CONFLICT', `${sut.name} is held by ${sut.reservedBy}. It can be given another role when it has been released.`);
}

/** A row in its history, in the same transaction; nothing when nothing is new. */
function noteEdit({ store }: SutServices, { before, sut, who }: { before: SutRow | undefined; sut: SutFacts; who: string }): void {
  const edited = before === undefined ? [] : editsOf(before, sut);
  if (before !== undefined && edited.length === 0) return;
  const nothing = { why: null, provider: null, tookMs: null, attempts: [] };
  const told = { what: before === undefined ? 'added' : 'edited', message: before === undefined ? null : edited.join(', ') };
  addSutEvent(store, { id: newId(sut.changedAt), sutId: sut.id, at: sut.changedAt, who, outcome: 'noted', ...told, ...nothing });
}

const EDITED = {
  name: ({ name }) => name,
  role: ({ role }) => role,
  tags: ({ tags }) => tags,
  maintainer: ({ maintainedBy }) => maintainedBy,
  'part of': ({ parentId }) => parentId,
  information: ({ information }) => information,
  endpoints: ({ endpoints }) => endpoints,
} satisfies Record<string, (sut: SutFacts) => unknown>;

function editsOf(before: SutFacts, after: SutFacts): string[] {
  return Object.entries(EDITED).flatMap(([word, read]) => (JSON.stringify(read(before)) === JSON.stringify(read(after)) ? [] : [word]));
}

/** One transaction: the SUT, and the secrets that it gained and lost. `make` sees the store as it is at that moment. */
function save(services: SutServices, { fields, who }: { fields: KeptFields; who: string }, make: () => SutFacts): Sut {
  const { store } = services;
  const row = store.transaction(() => {
    const sut = make();
    const before = findSut(store, sut.id);
    const namesake = findSutByName(store, sut.name);
    if (namesake !== undefined && namesake.id !== sut.id) {
      throw new WorkbenchError('CONFLICT', `There is a SUT named ${namesake.name} already. Choose another name.`);
    }
    for (const secret of fields.sealed) saveSecret(store, secret, sut.changedAt);
    for (const reference of fields.dropped) deleteSecret(store, reference);
    saveSut(store, sut);
    noteEdit(services, { before, sut, who });
    return sut;
  })();
  services.changes.emit('suts:changed', { ids: [row.id], removed: [] });
  return readSut(services, row.id);
}

function distinct(tags: readonly string[]): string[] {
  return [...new Set(tags)];
}
