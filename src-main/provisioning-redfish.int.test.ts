import { createRouterClient } from '@orpc/server';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FETCH_FAULTS } from '../e2e/lab/faulty-fetch.ts';
import { startFaultyProxy, type FaultyProxy, type WireFault } from '../e2e/lab/faulty-proxy.ts';
import { startSushy, type Sushy } from '../e2e/lab/sushy.ts';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { folderWith } from './services/test-data/test-bench.ts';

/** More than lies in the buffers of a connection. */
const IMAGE_BYTES = 20_000_000;
/** Runs that wait for an answer at the same time. */
const PLACES_AT_ONCE = 4;
const resources = join(import.meta.dirname, '../resources');

/** What the emulator can be asked for; it has no disk that anything could be installed on. */
const RECIPE = `recipe: By virtual media
steps:
  - { do: insert, what: image, tries: 2 }
  - { do: boot, device: cdrom }
  - { do: power, action: on }
  - { do: eject }
`;

const WITH_ANSWERS = RECIPE.replace(
  'steps:',
  'answers: { label: CIDATA, files: [{ path: user-data, text: "#cloud-config" }] }\nsteps:',
).replace('  - { do: boot', '  - { do: insert, what: answers, tries: 2 }\n  - { do: boot');

/** Goes on until the file is there. */
const SUITE = `*** Settings ***
Library    OperatingSystem

*** Test Cases ***
Waits
    Wait Until Created    \${GO}    timeout=120
`;

let sushy: Sushy;
let proxy: FaultyProxy;
let harness: Harness;
let testDataId = '';
const ada = () => createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });

beforeAll(async () => {
  sushy = await startSushy(['fake-1']);
  proxy = await startFaultyProxy(sushy.url);
  const home = mkdtempSync(join(tmpdir(), 'atn-redfish-'));
  harness = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
  await ada().system.updateSettings({ workers: PLACES_AT_ONCE });
  const path = join(home, 'installer.iso');
  writeFileSync(path, Buffer.alloc(IMAGE_BYTES, 'installer'));
  for await (const event of await ada().images.importFile({ path, revision: '' })) void event;
  const folder = folderWith({
    'a.robot': SUITE,
    'stays.recipe.yaml': `${RECIPE.replace('  - { do: eject }\n', '')}imageStays: true\n`,
    'media.recipe.yaml': RECIPE,
    'answers.recipe.yaml': WITH_ANSWERS,
    'stick.recipe.yaml': RECIPE.replace('device: cdrom', 'device: usb'),
    'long.recipe.yaml': `${RECIPE}  - { do: waitPower, on: false, limit: 600 }\n`,
  });
  for await (const event of await ada().testData.importPath({ path: folder })) if (event.type === 'done') testDataId = event.testData.id;
}, 120_000);
afterAll(async () => {
  await harness.close();
  await proxy.close();
  await sushy.stop();
});

let count = 0;
/** A SUT of its own for every run: what one has left says nothing about the next. */
async function newSut(by = proxy) {
  count += 1;
  const { username, password } = sushy; // the same for all of them
  const endpoint = { provider: 'redfish' as const, address: by.url, user: username, password, pin: by.fingerprint };
  return ada().suts.create({ name: `node-${count}`, endpoints: [endpoint] });
}

const begin = (sut: string, recipe = 'media.recipe.yaml') =>
  ada().runs.provision({ sut, recipe, testDataId, image: 'installer', when: 'always' });

async function until(id: string, holds: (run: Awaited<ReturnType<typeof begin>>) => boolean) {
  for await (const run of await ada().runs.follow({ id })) if (holds(run)) return run;
  return ada().runs.get({ id });
}
const ended = (id: string) => until(id, ({ state }) => state === 'ended');

/** Past every fault. */
async function mediaInserted(id: string, by: FaultyProxy): Promise<boolean> {
  by.arm(null);
  const { drives } = await ada().suts.drives({ id });
  expect(drives.length).toBeGreaterThan(0);
  return drives.some(({ inserted }) => inserted);
}

async function nothingIsLeft(id: string, by = proxy): Promise<void> {
  const sut = await ada().suts.get({ id });
  expect(sut.inUse).toBe(null);
  expect((await ada().serving.list()).filter(({ sutName }) => sutName === sut.name)).toEqual([]);
  const inserted = await mediaInserted(id, by);
  if (sut.quarantine === null) expect(inserted).toBe(false);
  else await ada().suts.ejectMedia({ id });
}

describe('a provisioning through a Redfish service', { timeout: 240_000 }, () => {
  it('inserts the image that the BMC fetches, boots from it, and takes everything back', async () => {
    const sut = await newSut();
    const run = await ended((await begin(sut.name)).id);
    expect(run).toMatchObject({ verdict: 'passed', failure: null });
    const [machine] = run.provisioning?.suts ?? [];
    expect(machine?.steps.map(({ what, state }) => `${what}: ${state}`)).toEqual([
      'Insert the image: done',
      'Boot from cdrom once: done',
      'Power on: done',
      'Eject: done',
      'Eject the image: done',
      'Restore the boot order: done',
    ]);
    expect(machine?.fetchedBytes).toBe(IMAGE_BYTES);
    await nothingIsLeft(sut.id);
    await ada().suts.remove({ id: sut.id });
  });

  it('stopped in the middle leaves the drive empty and asks the machine off', async () => {
    const sut = await newSut();
    const { id } = await begin(sut.name, 'long.recipe.yaml');
    await until(
      id,
      ({ provisioning }) => provisioning?.suts[0]?.steps.some(({ state, ordinal }) => ordinal === 4 && state === 'running') ?? false,
    );
    await ada().runs.stop({ id });
    const run = await ended(id);
    expect(run).toMatchObject({ verdict: 'stopped', provisioning: { suts: [{ state: 'stopped' }] } });
    expect(run.provisioning?.suts[0]?.steps.map(({ what, state }) => `${what}: ${state}`)).toContain('Power off: done');
    await nothingIsLeft(sut.id);
    await ada().suts.remove({ id: sut.id });
  });

  it('shows the image of a disk as a USB stick, where its recipe boots from usb', async () => {
    const sut = await newSut();
    const path = join(mkdtempSync(join(tmpdir(), 'atn-stick-')), 'stick.img');
    const disk = Buffer.alloc(1_000_000);
    disk.set([0x80, 0, 0, 0, 0x83, 0, 0, 0, 1], 446); // one partition of an old PC
    disk.writeUInt32LE(1000, 458);
    disk.writeUInt16BE(0x55aa, 510);
    writeFileSync(path, disk);
    for await (const event of await ada().images.importFile({ path, revision: '' })) void event;
    const wish = { sut: sut.name, testDataId, image: 'stick', when: 'always' } as const;
    await expect(ada().runs.provision({ ...wish, recipe: 'media.recipe.yaml' })).rejects.toMatchObject({
      data: { reasons: [expect.objectContaining({ code: 'IMAGE_WRONG_KIND' })] },
    });
    proxy.arm(null);
    const run = await ended((await ada().runs.provision({ ...wish, recipe: 'stick.recipe.yaml' })).id);
    // The emulator has a drive for it, and cannot boot from it.
    expect(run).toMatchObject({ verdict: 'error', provisioning: { suts: [{ fetchedBytes: disk.length }] } });
    expect(run.failure?.message).toContain('Boot from usb once: The Redfish service cannot boot from usb');
    expect(proxy.commands().filter((command) => command.endsWith('InsertMedia'))).toEqual([
      expect.stringContaining('/VirtualMedia/Floppy/'),
    ]);
    await nothingIsLeft(sut.id);
    await ada().suts.insertMedia({ id: sut.id, image: 'stick' });
    const { drives } = await ada().suts.drives({ id: sut.id });
    expect(drives.filter(({ inserted }) => inserted).map(({ kinds }) => kinds.includes('usb'))).toEqual([true]);
    expect((await ada().serving.list()).map(({ name }) => name)).toEqual(['stick.img']);
    await ada().suts.ejectMedia({ id: sut.id });
    await ada().suts.remove({ id: sut.id });
  });

  it('that runs from its image leaves it readable until its tests have ended, and not a moment longer', async () => {
    const sut = await newSut();
    const go = join(mkdtempSync(join(tmpdir(), 'atn-go-')), 'go');
    const { id } = await ada().runs.start({
      testDataId,
      suts: [sut.name],
      options: { variables: [`GO:${go}`] },
      provisioning: { recipe: 'stays.recipe.yaml', image: 'installer', when: 'always' },
    });
    await until(id, ({ state }) => state === 'executing');
    const { drives } = await ada().suts.drives({ id: sut.id });
    const url = drives.find(({ inserted }) => inserted)?.image ?? '';
    expect(url).toMatch(/^http:/u);
    const read = async () => (await (await fetch(url)).arrayBuffer()).byteLength;
    expect(await read()).toBe(IMAGE_BYTES);
    expect(await ada().serving.list()).toHaveLength(1);
    writeFileSync(go, '');
    expect(await ended(id)).toMatchObject({ verdict: 'passed', failure: null });
    const isReadable = fetch(url).then(
      ({ ok }) => ok,
      () => false, // nobody listens there any more
    );
    expect(await isReadable).toBe(false);
    await nothingIsLeft(sut.id);
    await ada().suts.remove({ id: sut.id });
  });

  it.each(['it is released', 'its time is over'])(
    'that is kept after its run goes on reading its image until %s, and has it taken out then',
    async (ends) => {
      const sut = await newSut();
      const { id } = await ada().runs.provision({
        sut: sut.name,
        recipe: 'stays.recipe.yaml',
        testDataId,
        image: 'installer',
        when: 'always',
        keep: { when: 'always', minutes: 30 },
      });
      expect(await ended(id)).toMatchObject({ verdict: 'passed', failure: null });
      const image = async () => (await ada().suts.drives({ id: sut.id })).drives.find(({ inserted }) => inserted);
      expect(await image()).toMatchObject({ library: { name: 'installer', served: true } });
      const [grant] = await ada().serving.list();
      expect(grant).toMatchObject({ sutName: sut.name });
      expect((await ada().suts.get({ id: sut.id })).reservedBy).toBe('ada');
      const [hold] = (await ada().reservations.list({})).filter(
        ({ state, suts }) => state === 'active' && suts.some((each) => each.id === sut.id),
      );
      if (ends === 'it is released') await ada().reservations.release({ id: hold?.id ?? '' });
      else await ada().reservations.changeEnd({ id: hold?.id ?? '', end: Date.now() + 1500 });
      await expect.poll(() => ada().serving.list(), { timeout: 30_000 }).toEqual([]);
      await expect.poll(async () => (await ada().suts.get({ id: sut.id })).reservedBy, { timeout: 30_000 }).toBe(null);
      expect(await image()).toBe(undefined);
      await nothingIsLeft(sut.id);
      await ada().suts.remove({ id: sut.id });
    },
  );

  interface Fault {
    method: string;
    path: RegExp;
    how: WireFault;
    times: number;
    recipe?: string | undefined;
  }

  /** A run that meets the fault ends in a named state, with nothing left behind. */
  async function oneFault({ method, path, how, times, recipe }: Fault, by = proxy) {
    const where = `${how}, ${times} times`;
    const sut = await newSut(by);
    by.arm({ method, path, how, times });
    const run = await ended((await begin(sut.name, recipe)).id);
    expect(by.struck(), where).toBeGreaterThan(0);
    const [machine] = run.provisioning?.suts ?? [];
    expect(recipe !== undefined && times === 1 ? ['passed'] : ['passed', 'error'], where).toContain(run.verdict);
    expect(machine?.state, where).toBe(run.verdict === 'passed' ? 'done' : 'failed');
    if (run.verdict === 'error') expect(run, where).toMatchObject({ cause: 'infrastructure', failure: { code: 'PROVISIONING_FAILED' } });
    expect(
      machine?.steps.filter(({ state }) => state === 'running' || state === 'waiting'),
      where,
    ).toEqual([]);
    if (times === 1) expect((await ada().suts.get({ id: sut.id })).quarantine, where).toBe(null);
    await nothingIsLeft(sut.id, by);
    expect(await by.readOn(), `${where}: what is still open is cut`).not.toContain(true);
    if (how === 'stops reading') expect(machine?.fetchedBytes, where).toBeLessThan(IMAGE_BYTES);
    await ada().suts.remove({ id: sut.id });
  }

  const PLACES = [
    ['inserting', 'POST', /InsertMedia$/u],
    ['the boot device', 'PATCH', /Systems\//u],
    ['the power', 'POST', /ComputerSystem\.Reset$/u],
    ['ejecting', 'POST', /EjectMedia$/u],
  ] as const;
  const FAULTS = ['status 500', 'cutAfter', 'wrong body'] as const;
  const SPOILT: readonly (Pick<Fault, 'method' | 'path' | 'recipe'> & { name: string; faults: readonly WireFault[] })[] = [
    ...PLACES.map(([name, method, path]) => ({ name, method, path, faults: FAULTS })),
    // Not where the image is; it may be there although its answer was lost.
    { name: 'inserting the answers', method: 'POST', path: /Floppy\/.*InsertMedia$/u, faults: FAULTS, recipe: 'answers.recipe.yaml' },
    { name: 'the image while the machine fetches it', method: 'POST', path: /InsertMedia$/u, faults: FETCH_FAULTS },
  ];

  it.each(SPOILT)(
    'ends in a named state whatever befalls $name on the wire, once or for good',
    async ({ method, path, faults, recipe }) => {
      for (const how of faults) for (const times of [1, 1000]) await oneFault({ method, path, how, times, recipe });
    },
  );

  // An answer that never comes costs its whole time limit, so all are waited for at once, each at a service of its own.
  it.concurrent.each(PLACES)('ends in a named state when there is no answer at %s', async (_name, method, path) => {
    const own = await startSushy(['fake-1']);
    const by = await startFaultyProxy(own.url);
    try {
      await oneFault({ method, path, how: 'silence', times: 1 }, by);
    } finally {
      await by.close();
      await own.stop();
    }
  });
});

/** A mirror of images that answers as it is told to. */
async function startMirror() {
  let answer = (response: ServerResponse): unknown => response.writeHead(404).end();
  const server = createServer((_request, response) => void answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rescue.iso`,
    answers: (next: (response: ServerResponse) => unknown) => {
      answer = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An image of its own, the first half of which has come; `rest` lets the other half come. */
function inHalves(mirror: Awaited<ReturnType<typeof startMirror>>) {
  const bytes = randomBytes(2_000_000);
  let rest = (): unknown => undefined;
  let asked = 0;
  mirror.answers((response) => {
    asked += 1;
    response.writeHead(200, { 'content-length': bytes.length, etag: '"one"' });
    response.write(bytes.subarray(0, 1_000_000));
    rest = () => response.end(bytes.subarray(1_000_000));
  });
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), rest: () => rest(), asked: () => asked };
}

describe('an image that the library has not got', { timeout: 120_000 }, () => {
  let mirror: Awaited<ReturnType<typeof startMirror>>;
  beforeAll(async () => {
    mirror = await startMirror();
    await ada().system.updateSettings({ imagesFromPrivateHosts: true });
  });
  afterAll(() => mirror.close());

  const wanted = (sut: string, sha256: string) =>
    ada().runs.provision({ sut, recipe: 'media.recipe.yaml', testDataId, imageSource: { url: mirror.url, sha256 }, when: 'always' });
  const halfCome = (id: string) =>
    until(id, ({ phases }) =>
      phases.some(({ state, note }) => state === 'preparing' && /Image rescue from 127\.0\.0\.1: .+ of /u.test(note ?? '')),
    );

  it('is fetched before the machine is touched, once for all who want it, and handed over whole', async () => {
    const [first, second] = [await newSut(), await newSut()];
    const { bytes, sha256, rest } = inHalves(mirror);
    proxy.arm(null);
    const ids = [(await wanted(first.name, sha256)).id, (await wanted(second.name, sha256)).id];
    for (const id of ids) await halfCome(id);
    expect((await ada().images.list()).arrivals).toHaveLength(1);
    expect(proxy.commands(), 'no machine was touched').toEqual([]);
    rest();
    for (const id of ids) {
      const run = await ended(id);
      expect(run).toMatchObject({ verdict: 'passed', failure: null });
      expect(run.provisioning?.suts[0]?.fetchedBytes).toBe(bytes.length);
    }
    expect(proxy.commands().some((command) => command.endsWith('InsertMedia'))).toBe(true);
    const { images, arrivals } = await ada().images.list();
    expect(arrivals).toEqual([]);
    const [kept] = images.filter((image) => image.sha256 === sha256);
    expect(kept).toMatchObject({ name: 'rescue', expected: true, addedBy: 'ada' });
    await ada().images.update({ id: kept?.id ?? '', name: `rescue of ${ids[0] ?? ''}` });
  });

  it('is not fetched any more when its run is stopped, and nothing of it is left', async () => {
    const sut = await newSut();
    const { sha256 } = inHalves(mirror);
    proxy.arm(null);
    const { id } = await wanted(sut.name, sha256);
    await halfCome(id);
    await ada().runs.stop({ id });
    expect(await ended(id)).toMatchObject({ verdict: 'stopped' });
    await expect.poll(async () => (await ada().images.list()).arrivals, { timeout: 20_000 }).toEqual([]);
    expect(proxy.commands()).toEqual([]);
    await nothingIsLeft(sut.id);
  });

  it.each([
    ['has a flipped bit', 'not the image that was expected', (response: ServerResponse) => response.end(randomBytes(1000))],
    ['is not there', 'answers 404', (response: ServerResponse) => response.writeHead(404).end()],
  ] as const)('that %s ends the run with that reason, and never reaches a machine', async (_what, why, answer) => {
    const sut = await newSut();
    mirror.answers(answer);
    proxy.arm(null);
    const run = await ended((await wanted(sut.name, createHash('sha256').update(why).digest('hex'))).id);
    expect(run).toMatchObject({ verdict: 'error', cause: 'infrastructure', failure: { code: 'PROVISIONING_FAILED' } });
    expect(run.failure?.message).toContain('The image rescue could not be fetched from 127.0.0.1');
    expect(run.failure?.message).toContain(why);
    expect(proxy.commands()).toEqual([]);
    await nothingIsLeft(sut.id);
  });

  it('is refused at once where nobody may fetch it, or where its name is taken', async () => {
    const sut = await newSut();
    await ada().system.updateSettings({ imagesFromPrivateHosts: false });
    await expect(wanted(sut.name, 'a'.repeat(64))).rejects.toMatchObject({
      data: {
        reasons: [expect.objectContaining({ code: 'IMAGE_MISSING', message: expect.stringContaining('private network') as unknown })],
      },
    });
    await ada().system.updateSettings({ imagesFromPrivateHosts: true });
    const imageSource = { url: mirror.url, sha256: 'a'.repeat(64) };
    const taken = ada().runs.provision({ sut: sut.name, recipe: 'media.recipe.yaml', testDataId, image: 'installer', imageSource });
    await expect(taken).rejects.toMatchObject({ data: { reasons: [expect.objectContaining({ code: 'IMAGE_MISSING' })] } });
  });

  it('is not asked for, nor any machine, when the libraries of the run cannot be had', async () => {
    const sut = await newSut();
    const { sha256, asked } = inHalves(mirror);
    await ada().system.updateSettings({ packageIndexUrl: 'http://127.0.0.1:9/simple' });
    let libraryId = '';
    for await (const event of await ada().libraries.add({ from: 'requirement', requirement: 'robotframework-datadriver==1.11.2' }))
      if (event.type === 'done') libraryId = event.library.id;
    proxy.arm(null);
    const { id } = await ada().runs.start({
      testDataId,
      suts: [sut.name],
      libraries: [{ libraryId }],
      provisioning: { recipe: 'media.recipe.yaml', imageSource: { url: mirror.url, sha256 }, when: 'always' },
    });
    expect(await ended(id)).toMatchObject({ verdict: 'error', failure: { code: 'INDEX_UNREACHABLE' } });
    expect(asked(), 'its mirror was not asked').toBe(0);
    expect(proxy.commands()).toEqual([]);
    await nothingIsLeft(sut.id);
  });
});
