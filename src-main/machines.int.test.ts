import { createRouterClient } from '@orpc/server';
import { startSimulatedBmc, type SimulatedBmc } from 'ipmi-js/sim';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';

const resources = join(import.meta.dirname, '../resources');
const PASSWORD = 'Tr0ub4-c4n4ry';
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

type Lab = Awaited<ReturnType<typeof lab>>;
async function lab(home = mkdtempSync(join(tmpdir(), 'atn-machines-'))) {
  const harness: Harness = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
  const close = () => harness.close();
  cleanups.push(close);
  const as = (user: string) => createRouterClient(harness.router, { context: { caller: { user, origin: 'cli' } } });
  return { home, harness, close, as, ada: as('ada') };
}

async function bmc(): Promise<SimulatedBmc> {
  const made = await startSimulatedBmc({ serial: 'boot', powerOn: true, users: [{ name: 'admin', password: PASSWORD }] });
  cleanups.push(() => made.stop());
  return made;
}

const endpoint = ({ port }: { port: number }, password = PASSWORD) => ({
  ...{ provider: 'ipmi' as const, address: '127.0.0.1', port },
  ...{ user: 'admin', password },
});
const failing = (code: string) => expect.objectContaining({ code }) as Error;

describe('a machine with a BMC', () => {
  it('is verified, switched, and remembers who did what, why and how it came out', async () => {
    const { ada } = await lab();
    const machine = await bmc();
    const { id } = await ada.suts.create({ name: 'node-1', endpoints: [endpoint(machine)] });
    const checks: string[] = [];
    for await (const event of await ada.suts.verify({ id }))
      if (event.type === 'checked') checks.push(`${event.check.capability} ${event.check.outcome}`);
    expect(checks).toEqual(
      expect.arrayContaining(['identity works', 'power works', 'sensors works', 'console works', 'virtualMedia unsupported']),
    );
    const sut = await ada.suts.get({ id });
    expect(sut.identity?.uuid).toMatch(/^[0-9a-f-]{36}$/u);
    expect(sut.card).toHaveLength(10);
    await ada.suts.power({ id, action: 'off', reason: 'to swap a fan' });
    expect(machine.state.chassis.powerOn).toBe(false);
    expect(await ada.suts.powerStatus({ id })).toMatchObject({ on: false, provider: 'ipmi' });
    await expect(ada.suts.power({ id, action: 'cycle' })).rejects.toThrow(failing('OOBM_REFUSED'));
    const events = await ada.suts.events({ id });
    expect(events.map(({ what, who, why, outcome }) => [what, who, why, outcome])).toEqual([
      ['power cycle', 'ada', null, 'failed'],
      ['power off', 'ada', 'to swap a fan', 'done'],
      ['verified', 'ada', null, 'done'],
      ['added', 'ada', null, 'noted'],
    ]);
    expect(events[1]).toMatchObject({ provider: 'ipmi', attempts: [{ outcome: 'done' }] });
    await vi.waitFor(
      async () => expect((await ada.suts.get({ id })).observed).toMatchObject({ power: { state: 'off' }, health: { state: 'reachable' } }),
      5000,
    );
  });

  it('is left alone by others while somebody holds it; the maintainer is asked first', async () => {
    const { ada, as } = await lab();
    const machine = await bmc();
    const { id } = await ada.suts.create({ name: 'node-1', endpoints: [endpoint(machine)] });
    await as('bob').suts.hold({ id });
    await expect(as('eve').suts.power({ id, action: 'reset', confirmed: true })).rejects.toThrow(failing('NOT_RESERVED'));
    await expect(ada.suts.power({ id, action: 'reset' })).rejects.toMatchObject({
      code: 'CONFIRM_FIRST',
      data: { reasons: [{ message: 'node-1 is held by bob.' }] },
    });
    expect(machine.state.chassis.counters.reset).toBe(0);
    await as('bob').suts.power({ id, action: 'reset' });
    await ada.suts.power({ id, action: 'reset', confirmed: true });
    expect(machine.state.chassis.counters.reset).toBe(2);
    const outcomes = await as('eve').suts.powerMany({ ids: [id], action: 'off' });
    expect(outcomes).toEqual([{ id, name: 'node-1', outcome: 'refused', message: expect.stringContaining('bob') as string }]);
  });

  it('that two press at once does both, one after the other, and remembers who did what', async () => {
    const { ada, as } = await lab();
    const machine = await bmc();
    const { id } = await ada.suts.create({ name: 'node-1', endpoints: [endpoint(machine)] });
    await Promise.all([ada.suts.power({ id, action: 'reset' }), as('bob').suts.power({ id, action: 'reset' })]);
    expect(machine.state.chassis.counters.reset).toBe(2);
    const told = (await ada.suts.events({ id })).map(({ what, who, outcome }) => `${what} ${who} ${outcome}`);
    expect(told.toSorted()).toEqual(['added ada noted', 'power reset ada done', 'power reset bob done']);
  });

  it('is not powered under what stands in it and belongs to others, unless its maintainer has read whom it hurts', async () => {
    const { ada, as } = await lab();
    const machine = await bmc();
    const { id } = await ada.suts.create({ name: 'host-1', endpoints: [endpoint(machine)] });
    const vm = await ada.suts.create({ name: 'vm-1', parentId: id });
    await expect(ada.suts.update({ id, name: 'host-1', parentId: vm.id })).rejects.toThrow(failing('CONFLICT'));
    await as('bob').suts.hold({ id: vm.id });
    await expect(ada.suts.power({ id, action: 'reset' })).rejects.toMatchObject({
      code: 'CONFIRM_FIRST',
      data: { reasons: [{ message: 'vm-1, which is in host-1, is held by bob.' }] },
    });
    await expect(as('eve').suts.power({ id, action: 'reset', confirmed: true })).rejects.toThrow(failing('NOT_RESERVED'));
    await as('bob').suts.release({ id: vm.id });
    await as('eve').suts.power({ id, action: 'reset' });
    expect(machine.state.chassis.counters.reset).toBe(1);
    const told = (await ada.suts.events({ id: vm.id })).map(({ what, who }) => `${what} ${who}`);
    expect(told).toEqual(['hold over bob', 'hold begun bob', 'added ada']);
  });

  it('has a console that is read by many, typed by one, and ends for who no longer holds it', async () => {
    const { ada, as, home } = await lab();
    const machine = await bmc();
    const { id } = await ada.suts.create({ name: 'node-1', endpoints: [endpoint(machine)] });
    const reading = new AbortController();
    let seen = '';
    let state = '';
    const follow = (async () => {
      for await (const event of await ada.consoles.attach({ sutId: id }, { signal: reading.signal })) {
        if (event.type === 'state') state = event.console.state;
        else seen += Buffer.from(event.bytes, 'base64').toString('latin1');
      }
    })();
    await vi.waitFor(() => expect(state).toBe('open'), 10_000);
    machine.state.chassis.execute('reset');
    await vi.waitFor(() => expect(seen).toContain('login: '), 10_000);
    await as('bob').consoles.takeWriter({ sutId: id });
    await as('bob').consoles.write({ sutId: id, text: 'root' });
    await vi.waitFor(() => expect(seen).toContain('login: root'), 5000);
    await as('eve').suts.hold({ id });
    await expect(as('bob').consoles.write({ sutId: id, text: 'x' })).rejects.toThrow(failing('NOT_RESERVED'));
    await expect(as('bob').consoles.takeWriter({ sutId: id })).rejects.toThrow(failing('NOT_RESERVED'));
    reading.abort();
    await follow.catch(() => undefined);
    const [recording] = await ada.consoles.recordings({ sutId: id });
    expect(recording?.size).toBeGreaterThan(10);
    expect(readdirSync(join(home, 'consoles', id))).toContain(`${recording?.id}.bytes`);
  });
});

describe('a wrong password', () => {
  it('is tried twice and not again, not even by the next start of the workbench, until it changes', async () => {
    const first = await lab();
    const machine = await bmc();
    const received = vi.spyOn(machine, 'receive');
    const { id } = await first.ada.suts.create({ name: 'node-1', endpoints: [endpoint(machine, 'Wr0ng')] });
    const ask = (ada: Lab['ada']) => ada.suts.powerStatus({ id }).then(String, (error: Error) => error.message);
    await vi.waitFor(async () => expect(await ask(first.ada)).toContain('not tried again'), 20_000);
    await first.harness.close();
    cleanups.splice(cleanups.indexOf(first.close), 1);
    const before = received.mock.calls.length;
    const { ada } = await lab(first.home);
    expect(await ask(ada)).toContain('not tried again');
    expect(received.mock.calls.length).toBe(before);
    const [kept] = (await ada.suts.get({ id })).endpoints;
    await ada.suts.update({ id, name: 'node-1', endpoints: [{ ...endpoint(machine), id: kept?.id }] });
    expect(await ada.suts.powerStatus({ id })).toMatchObject({ on: true });
  });
});

describe('a machine that is set aside', () => {
  it('takes no new hold and no new run, says why, and is given to who waits when its maintainer ends it with a note', async () => {
    const { ada, as } = await lab();
    const { id } = await ada.suts.create({ name: 'node-1' });
    const sample = await ada.testData.importSample();
    await ada.suts.hold({ id });
    await expect(as('eve').suts.setQuarantine({ id, evidence: 'Slow.' })).rejects.toThrow(failing('FORBIDDEN'));
    await ada.suts.setQuarantine({ id, evidence: 'Fails here only.' });
    const why = 'node-1 is in quarantine: Fails here only. ada set it aside.';
    const checking = await ada.preflight.check({ testDataId: sample.id, suts: ['node-1'] });
    const first = await checking.next();
    await checking.return();
    expect(first.done === true ? [] : first.value.reasons).toMatchObject([
      { code: 'SUT_SET_ASIDE', severity: 'error', message: `${why} Choose another SUT.`, subject: 'node-1' },
    ]);
    await expect(ada.runs.start({ testDataId: sample.id, suts: ['node-1'] })).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
    const waiting = await as('bob').reservations.request({ suts: ['node-1'], open: true });
    await ada.suts.release({ id });
    expect(await ada.reservations.get({ id: waiting.id })).toMatchObject({ state: 'waiting' });
    await expect(as('eve').reservations.request({ suts: ['node-1'], open: true, ifBusy: 'refuse' })).rejects.toMatchObject({
      code: 'NOT_RESERVED',
      message: expect.stringContaining(why) as string,
    });
    await expect(ada.suts.setQuarantine({ id, evidence: '' })).rejects.toThrow(failing('BAD_REQUEST'));
    await ada.suts.setQuarantine({ id, evidence: '', note: 'Memory replaced.' });
    expect(await ada.reservations.get({ id: waiting.id })).toMatchObject({ state: 'active' });
    expect((await ada.suts.events({ id })).map(({ what, why: told }) => [what, told])).toEqual(
      expect.arrayContaining([
        ['quarantine over', 'Memory replaced.'],
        ['quarantine', 'Fails here only.'],
      ]),
    );
  });
});

describe('the demo lab', () => {
  it('is there once however often it is opened, with what is special about each', async () => {
    const { ada } = await lab();
    expect(await ada.suts.openDemoLab()).toHaveLength(8);
    await vi.waitFor(async () => {
      const all = new Map((await ada.suts.list()).map((sut) => [sut.name, sut.observed]));
      expect(all.get('demo-03')).toMatchObject({ health: { state: 'degraded' }, temperature: { health: 'critical' } });
      expect(all.get('demo-06')?.power.state).toBe('off');
    }, 15_000);
    expect(await ada.suts.openDemoLab()).toHaveLength(8);
    expect(await ada.suts.list()).toHaveLength(8);
  });
});

describe('the password of a BMC', () => {
  it('is in no answer, event, error, log, recording or file of the home', async () => {
    const { home, harness, ada, as } = await lab();
    const machine = await bmc();
    const { id } = await ada.suts.create({ name: 'node-1', endpoints: [endpoint(machine)] });
    const bad = await ada.suts.create({ name: 'node-2', endpoints: [endpoint(machine, 'Wr0ng-c4n4ry')] });
    const said: unknown[] = [];
    const keep = async (work: Promise<unknown>) => said.push(await work.catch((error: unknown) => error));
    for await (const event of await ada.suts.verify({ id })) said.push(event);
    for await (const event of await ada.suts.verify({ id: bad.id })) said.push(event);
    await keep(ada.suts.power({ id: bad.id, action: 'off' }));
    await keep(as('eve').suts.list());
    for (const one of [id, bad.id]) await keep(ada.suts.events({ id: one }));
    for (const format of ['csv', 'yaml'] as const) await keep(ada.suts.exportFile({ format }));
    await keep(ada.suts.inventory({ id }));
    await keep(ada.suts.eventLog({ id: bad.id }));
    await keep(ada.system.doctor());
    const failed = said.find((each) => each instanceof Error);
    expect(failed).toMatchObject({ code: 'OOBM_AUTH' });
    const text = said
      .map((each) => (each instanceof Error ? `${each.message} ${each.stack ?? ''} ${JSON.stringify(each)}` : JSON.stringify(each)))
      .join('\n');
    expect(text).toContain('node-1');
    expect(text).not.toContain('c4n4ry');
    await harness.close();
    cleanups.pop(); // the BMC goes by itself below
    await machine.stop();
    cleanups.length = 0;
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const holding = (words: string) =>
      files.filter(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes(words)).map(({ name }) => name);
    expect(holding('node-1').length).toBeGreaterThan(0); // the search finds what is there
    expect(holding('c4n4ry')).toEqual([]);
  });
});
