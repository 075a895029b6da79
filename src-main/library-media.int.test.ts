import { createRouterClient } from '@orpc/server';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSushy, type Sushy } from '../e2e/lab/sushy.ts';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';

const resources = join(import.meta.dirname, '../resources');
const WAIT = { timeout: 60_000, interval: 100 };
const cleanups: (() => Promise<unknown>)[] = [];
let sushy: Sushy;
beforeAll(async () => {
  sushy = await startSushy(['fake-1']);
}, 60_000);
afterAll(() => sushy.stop());
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A harness with one machine behind the emulator and two images in its library. */
async function lab() {
  const home = mkdtempSync(join(tmpdir(), 'atn-media-'));
  const compose = (): Promise<Harness> => composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
  let harness = await compose();
  const as = (user: string) => createRouterClient(harness.router, { context: { caller: { user, origin: 'cli' } } });
  cleanups.push(() => harness.close());
  const { url, username, password, fingerprint } = sushy;
  const endpoint = { provider: 'redfish' as const, address: url, user: username, password, pin: fingerprint };
  const { id } = await as('ada').suts.create({ name: 'node-1', endpoints: [endpoint] });
  for (const name of ['rescue', 'installer']) {
    const path = join(home, `${name}.iso`);
    writeFileSync(path, Buffer.alloc(300_000, name));
    for await (const event of await as('ada').images.importFile({ path, revision: name === 'rescue' ? '1.2' : '' })) void event;
  }
  return {
    ...{ home, id, as },
    drive: async () => (await as('ada').suts.drives({ id })).drives.find(({ kinds }) => kinds.includes('cd')),
    restart: async () => {
      await harness.close();
      harness = await compose();
    },
  };
}

const failing = (code: string) => expect.objectContaining({ code }) as Error;

describe('an image of the library in a virtual drive', { timeout: 180_000 }, () => {
  it('is fetched by the BMC under its name, one a drive, and served no longer than it is in', async () => {
    const { id, as, drive } = await lab();
    const ada = as('ada');
    await ada.suts.insertMedia({ id, image: 'Rescue' });
    expect(await drive()).toMatchObject({ inserted: true, image: 'rescue 1.2', library: { name: 'rescue 1.2', served: true } });
    await vi.waitFor(
      async () =>
        expect(await ada.serving.list()).toMatchObject([{ name: 'rescue 1.2.img', runId: null, sutName: 'node-1', fetched: 300_000 }]),
      WAIT,
    );
    const [image] = (await ada.images.list()).images.filter(({ name }) => name === 'rescue');
    expect(image?.usedBy).toMatchObject([{ kind: 'drive', name: 'node-1' }]);
    const remove = () => ada.images.remove({ id: image?.id ?? '' });
    await expect(remove()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('a drive of node-1') as string });
    expect((await ada.images.previewCleaning({ days: 0 })).keeps).toMatchObject([
      { name: 'rescue 1.2', why: 'a drive of node-1 needs it' },
    ]);
    await ada.suts.insertMedia({ id, image: 'installer' });
    await remove();
    expect((await ada.serving.list()).map(({ name }) => name)).toEqual(['installer.img']);
    await expect(ada.suts.insertMedia({ id, image: 'no such image' })).rejects.toThrow(failing('NOT_FOUND'));
    expect(await drive()).toMatchObject({ library: { name: 'installer', served: true } });
    await ada.suts.ejectMedia({ id });
    expect(await drive()).toMatchObject({ inserted: false, library: null });
    expect(await ada.serving.list()).toEqual([]);
  });

  it('is not even read for somebody who may not, and never handed out with another byte in it', async () => {
    const { home, id, as, drive } = await lab();
    for (const file of readdirSync(join(home, 'images'), { withFileTypes: true, recursive: true }))
      if (file.isFile()) writeFileSync(join(file.parentPath, file.name), 'another', { mode: 0o600 });
    await as('bob').suts.hold({ id });
    await expect(as('eve').suts.insertMedia({ id, image: 'rescue' })).rejects.toThrow(failing('NOT_RESERVED'));
    await expect(as('bob').suts.insertMedia({ id, image: 'rescue' })).rejects.toThrow(failing('CONFLICT'));
    expect((await as('ada').suts.events({ id })).slice(0, 2).map(({ outcome }) => outcome)).toEqual(['failed', 'refused']);
    expect(await drive()).toMatchObject({ inserted: false });
    expect(await as('ada').serving.list()).toEqual([]);
  });

  it('is taken out at the end of the reservation, also after a restart, which serves nothing any more', async () => {
    const { id, as, drive, restart } = await lab();
    await as('bob').suts.hold({ id });
    await as('bob').suts.insertMedia({ id, image: 'installer' });
    await restart();
    expect(await drive()).toMatchObject({ inserted: true, library: { name: 'installer', served: false } });
    expect(await as('ada').serving.list()).toEqual([]);
    await as('bob').suts.release({ id });
    await vi.waitFor(async () => expect((await as('ada').suts.get({ id })).reservedBy).toBeNull(), WAIT);
    expect(await drive()).toMatchObject({ inserted: false, library: null });
  });

  it('that a keyword of a run has put in is taken out when the run ends', async () => {
    const { id, as, drive } = await lab();
    const folder = join(mkdtempSync(join(tmpdir(), 'atn-suite-')), 'media');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'media.robot'),
      '*** Settings ***\nLibrary    ATN\n*** Test Cases ***\nInserts\n    Insert Image    node-1    rescue 1.2\n',
    );
    let testDataId = '';
    for await (const event of await as('ada').testData.importPath({ path: folder }))
      if (event.type === 'done') testDataId = event.testData.id;
    const run = await as('ada').runs.start({ testDataId, suts: ['node-1'], name: 'Media' });
    await vi.waitFor(async () => expect((await as('ada').runs.get({ id: run.id })).state).toBe('ended'), WAIT);
    expect((await as('ada').record.failures({ id: run.id })).failures).toEqual([]);
    const told = (await as('ada').suts.events({ id })).map(({ who, what, outcome }) => `${who}: ${what} ${outcome}`);
    expect(told).toContain('run Media: media inserted done');
    expect(told).toContain('the run Media: media ejected done');
    expect(await drive()).toMatchObject({ inserted: false });
    expect(await as('ada').serving.list()).toEqual([]);
  });
});
