import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { SutInput } from '../../../src-shared/model/sut.ts';
import { Changes } from '../../changes.ts';
import { joinReservations } from '../../join-reservations.ts';
import { openStore } from '../../store/open.ts';
import type { Caller } from '../caller.ts';
import { keyFileBackend } from '../secrets/key-file-backend.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import { holdSut, releaseSut } from './hold-sut.ts';
import { notObserved } from './not-observed.ts';
import { removeSut } from './remove-sut.ts';
import { createSut, updateSut } from './save-sut.ts';
import { findSutsByName, sutInformation } from './sut-information.ts';
import { readAllSuts, readSut, type SutServices } from './sut-services.ts';

const ada: Caller = { user: 'ada', origin: 'desktop' };
const bob: Caller = { user: 'bob', origin: 'cli' };
let services: SutServices;
let announced: string[];

beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), 'atn-suts-'));
  const { write } = openStore({ file: join(home, 'harness.db'), backups: home, now: 1 });
  const changes = new Changes();
  announced = [];
  changes.on('suts:changed', ({ ids, removed }) => announced.push(...ids.map(() => 'changed'), ...removed.map(() => 'removed')));
  let now = 1000;
  const clock = { now: () => (now += 1), doubt: () => null, trust: () => undefined };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const nothing = () => Promise.resolve();
  const deeds = { isIdle: () => true, endUse: nothing, powerOff: nothing, quarantine: nothing };
  const runs = () => {
    throw new Error('no run is stopped here');
  };
  const { holds, reservations } = joinReservations({
    store: write,
    changes,
    clock,
    log,
    settings: () => ({ stopGraceSeconds: 1, remindMinutes: 10, gapMinutes: 0 }),
    runs,
    deeds: () => deeds,
  });
  reservations.start();
  const secrets = createSecretStore(write, [keyFileBackend(join(home, 'secret.key'))]);
  services = { store: write, changes, clock, holds, secrets, observed: notObserved };
});

const create = (input: SutInput, caller = ada) => createSut(services, SutInput.parse(input), caller);
const secretCount = () => services.store.prepare<[], number>('SELECT count(*) FROM secret').pluck().get();
/** A run that has the lease, as the run engine writes it. */
function leaseTo(sutId: string, runName: string): void {
  const columns = {
    id: 'run-1',
    name: runName,
    revision: 'r',
    suts: '[]',
    series_key: 's',
    started_by: 'ada',
    selection: '{}',
    options: '{}',
    created_at: 1,
    state: 'executing',
  };
  const names = Object.keys(columns);
  services.store.prepare(`INSERT INTO run (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`).run(columns);
  services.store.prepare("INSERT INTO lease (sut_id, run, epoch, token, taken_at) SELECT ?, number, 1, 't', 1 FROM run").run(sutId);
}

describe('a SUT', () => {
  it('is kept as it was written, maintained by who adds it unless said otherwise', async () => {
    const sut = await create({
      name: ' rack-1 ',
      tags: ['x86', 'x86'],
      information: [{ key: 'address', kind: 'address', value: '10.0.0.1' }],
    });
    expect(sut).toMatchObject({ name: 'rack-1', role: 'sut', maintainedBy: 'ada', reservedBy: null, inUse: null, tags: ['x86'] });
    expect(readAllSuts(services)).toEqual([sut]);
    expect((await create({ name: 'rack-2', maintainedBy: 'bob' })).maintainedBy).toBe('bob');
    expect(announced).toEqual(['changed', 'changed']);
  });
  it('has a name of its own, whatever the case or composition of its letters', async () => {
    await create({ name: 'Rück-1' });
    await expect(create({ name: 'RÜCK-1'.normalize('NFD') })).rejects.toMatchObject({ code: 'CONFLICT' });
    const other = await create({ name: 'rack-2' });
    await expect(updateSut(services, { ...SutInput.parse({ name: 'rück-1' }), id: other.id }, ada)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(updateSut(services, { ...SutInput.parse({ name: 'RACK-2' }), id: other.id }, ada)).resolves.toMatchObject({
      name: 'RACK-2',
    });
  });
  it('is refused with every field that does not fit', async () => {
    const information: SutInput['information'] = [
      { key: 'a', kind: 'number', value: 'seven' },
      { key: 'b', kind: 'address', value: 'two words' },
      { key: 'b', kind: 'boolean', value: null },
    ];
    await expect(create({ name: 'rack-1', information })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { reasons: [{ subject: 'b' }, { subject: 'a' }, { subject: 'b' }] },
    });
    expect(readAllSuts(services)).toEqual([]);
  });
});

describe('a secret field', () => {
  const password = (secret?: string, value: string | null = null) => ({
    key: 'password',
    kind: 'secret' as const,
    value,
    ...(secret === undefined ? {} : { secret }),
  });
  it('never leaves by an answer, keeps its value when it is not given again, and reaches a run', async () => {
    const sut = await create({ name: 'rack-1', information: [password('hunter2')] });
    expect(JSON.stringify([sut, readAllSuts(services)])).not.toContain('hunter2');
    const updated = await updateSut(services, { ...SutInput.parse({ name: 'rack-1', information: [password()] }), id: sut.id }, ada);
    expect(updated.information).toEqual(sut.information);
    const found = await sutInformation(services, findSutsByName(services, ['RACK-1']));
    expect(found).toEqual({
      suts: { 'rack-1': { name: 'rack-1', role: 'sut', tags: [] } },
      secrets: { 'rack-1': { password: 'hunter2' } },
    });
  });
  it('is replaced, renamed, emptied and removed without leaving anything behind', async () => {
    const sut = await create({ name: 'rack-1', information: [password('one')] });
    const update = (information: SutInput['information']) =>
      updateSut(services, { ...SutInput.parse({ name: 'rack-1', information }), id: sut.id }, ada);
    const reference = sut.information[0]?.value;
    expect((await update([password('two')])).information[0]?.value).toBe(reference);
    await update([{ key: 'bmc_password', kind: 'secret', value: reference ?? null }]);
    expect((await sutInformation(services, findSutsByName(services, ['rack-1']))).secrets).toEqual({ 'rack-1': { bmc_password: 'two' } });
    expect((await update([{ key: 'bmc_password', kind: 'secret', value: null, secret: '' }])).information[0]?.value).toBeNull();
    expect(secretCount()).toBe(0);
    await update([password('three')]);
    removeSut(services, sut.id, ada);
    expect([secretCount(), announced.at(-1)]).toEqual([0, 'removed']);
  });
  it('cannot take over the secret of another SUT by its reference', async () => {
    const rich = await create({ name: 'rack-1', information: [password('hunter2')] });
    const thief = await create({ name: 'rack-2', information: [password(undefined, String(rich.information[0]?.value))] });
    expect(thief.information[0]?.value).toBeNull();
  });
});

describe('holding', () => {
  it('is for oneself or a colleague, and ended only by holder or maintainer', async () => {
    const { id } = await create({ name: 'rack-1' });
    expect(holdSut(services, { id }, bob)).toMatchObject({ reservedBy: 'bob', reservedSince: expect.any(Number) as unknown });
    expect(() => holdSut(services, { id }, ada)).toThrow(expect.objectContaining({ code: 'NOT_RESERVED' }) as Error);
    expect(() => releaseSut(services, id, { user: 'eve', origin: 'rest' })).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }) as Error,
    );
    expect(releaseSut(services, id, ada).reservedBy).toBeNull();
    expect(holdSut(services, { id, by: 'cleo' }, ada).reservedBy).toBe('cleo');
    expect(() => removeSut(services, id, bob)).toThrow(expect.objectContaining({ code: 'CONFLICT' }) as Error);
  });
  it('is not for members of the test environment', async () => {
    const { id } = await create({ name: 'switch', role: 'environment' });
    expect(() => holdSut(services, { id }, ada)).toThrow(expect.objectContaining({ code: 'CONFLICT' }) as Error);
  });
  it('leaves the maintainer to the maintainer', async () => {
    const { id } = await create({ name: 'rack-1' });
    const handOver = { ...SutInput.parse({ name: 'rack-1', maintainedBy: 'bob' }), id };
    await expect(updateSut(services, handOver, bob)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await updateSut(services, handOver, ada)).maintainedBy).toBe('bob');
  });
});

describe('a SUT that a run has', () => {
  it('says so, and is neither released, removed nor given another role', async () => {
    const { id } = await create({ name: 'rack-1' });
    holdSut(services, { id }, ada);
    leaseTo(id, 'Nightly');
    expect(readSut(services, id).inUse).toEqual({ runId: 'run-1', runName: 'Nightly' });
    const busy = expect.objectContaining({ code: 'SUT_BUSY', message: expect.stringContaining('Nightly') as unknown }) as Error;
    expect(() => releaseSut(services, id, ada)).toThrow(busy);
    expect(() => removeSut(services, id, ada)).toThrow(busy);
    await expect(updateSut(services, { ...SutInput.parse({ name: 'rack-1', role: 'environment' }), id }, ada)).rejects.toThrow(busy);
    await expect(updateSut(services, { ...SutInput.parse({ name: 'rack-one' }), id }, ada)).resolves.toMatchObject({ name: 'rack-one' });
  });
});

describe('information for a run', () => {
  it('names every unknown SUT at once', async () => {
    await create({ name: 'rack-1' });
    expect(() => findSutsByName(services, ['rack-1', 'x', 'y'])).toThrow(
      expect.objectContaining({
        code: 'NOT_FOUND',
        data: expect.objectContaining({
          reasons: [expect.objectContaining({ subject: 'x' }), expect.objectContaining({ subject: 'y' })],
        }) as unknown,
      }) as Error,
    );
  });
  it('is typed, and a field may be named like a standard one', async () => {
    await create({
      name: 'switch',
      role: 'environment',
      tags: ['net'],
      information: [
        { key: 'ports', kind: 'number', value: 48 },
        { key: 'managed', kind: 'boolean', value: true },
        { key: 'role', kind: 'text', value: 'core' },
      ],
    });
    expect((await sutInformation(services, findSutsByName(services, ['switch']))).suts).toEqual({
      switch: { name: 'switch', tags: ['net'], ports: 48, managed: true, role: 'core' },
    });
  });
});
