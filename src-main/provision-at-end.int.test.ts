import { createRouterClient } from '@orpc/server';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startOpenSsh } from '../e2e/lab/openssh.ts';
import { writeTinyMachine } from '../e2e/lab/tiny-machine.ts';
import { composeHarness } from './compose.ts';

const resources = join(import.meta.dirname, '../resources');
const WAIT = { timeout: 90_000, interval: 100 };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

interface Login {
  port: number;
  user: string;
  password: string;
  pin?: string;
}

/** A harness with one virtual machine, which people also reach by SSH, and the image `tiny`. */
async function lab(login: Login) {
  const home = mkdtempSync(join(tmpdir(), 'atn-at-end-'));
  const harness = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
  cleanups.push(() => harness.close());
  const as = (user: string) => createRouterClient(harness.router, { context: { caller: { user, origin: 'cli' } } });
  const ada = as('ada');
  const endpoints = [
    { provider: 'qemu' as const, diskGib: 0 },
    // Written so, it is not taken for a port of this computer that leads into the virtual machine.
    { provider: 'ssh' as const, address: '127.1', ...login },
  ];
  const { id } = await ada.suts.create({ name: 'virtual-1', endpoints });
  cleanups.push(() => ada.suts.power({ id, action: 'off', confirmed: true }).catch(() => undefined));
  const { iso } = writeTinyMachine(home);
  for await (const event of await ada.images.importFile({ path: iso, name: 'tiny' })) void event;
  return { as, ada, id };
}

describe('a reservation that provisions its machine at the end', { timeout: 240_000 }, () => {
  it('gives it to the next in line as it was asked for', async () => {
    const sshd = await startOpenSsh();
    cleanups.push(() => sshd.stop());
    const { as, ada, id } = await lab({ port: sshd.port, user: sshd.username, password: sshd.privateKey, pin: sshd.hostKey });
    const provision = { recipe: 'live-image', image: 'tiny' };
    await ada.reservations.request({ suts: ['virtual-1'], open: true, atEnd: 'provision', provision });
    const [image] = (await ada.images.list()).images;
    expect(image?.usedBy).toMatchObject([{ kind: 'reservation', name: 'ada' }]);
    await expect(ada.images.remove({ id: image?.id ?? '' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('needed by the reservation of ada') as string,
    });
    const next = await as('bob').reservations.request({ suts: ['virtual-1'], durationMs: 600_000 });
    await ada.suts.release({ id });
    await vi.waitFor(async () => expect((await ada.reservations.get({ id: next.id })).state).toBe('active'), WAIT);
    const [{ run } = { run: null }] = (await ada.runs.list({ limit: 1, offset: 0 })).rows;
    expect(run).toMatchObject({ name: 'Provision virtual-1', verdict: 'passed', suts: ['virtual-1'] });
    expect((await ada.suts.get({ id })).quarantine).toBeNull();
  });

  it('hands it to the workbench, and sets it aside with the reason when that comes to nothing', async () => {
    // The last step of the recipe logs in by SSH; nothing answers there.
    const { as, ada, id } = await lab({ port: 9, user: 'root', password: 'x' });
    const wish = { suts: ['virtual-1'], open: true, atEnd: 'provision' as const };
    await expect(
      ada.reservations.request({ ...wish, provision: { recipe: 'virtual-media', image: 'no such image' } }),
    ).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const need = { tags: [], fields: [], count: 1 };
    const provision = { recipe: 'virtual-media', image: 'tiny' };
    const later = { begin: Date.now() + 86_400_000, durationMs: 60_000, atEnd: 'provision' as const };
    const { id: byNeed } = await ada.reservations.request({ ...later, need, provision });
    await ada.reservations.release({ id: byNeed });
    await ada.reservations.request({ ...wish, provision });
    const next = await as('bob').reservations.request({ suts: ['virtual-1'], durationMs: 60_000 });
    await ada.suts.release({ id });
    await vi.waitFor(async () => expect((await ada.suts.get({ id })).inUse).toMatchObject({ runName: 'Provision virtual-1' }), WAIT);
    expect(await ada.suts.get({ id })).toMatchObject({ reservedBy: 'ATN Workbench' });
    expect((await ada.reservations.get({ id: next.id })).state).toBe('waiting');
    // It boots from the disc and never switches itself off.
    await vi.waitFor(async () => expect(await ada.suts.powerStatus({ id })).toMatchObject({ on: true }), WAIT);
    const runId = (await ada.suts.get({ id })).inUse?.runId ?? '';
    await ada.runs.stop({ id: runId, reason: 'it takes too long', now: true });
    await vi.waitFor(
      async () => expect((await ada.suts.get({ id })).quarantine?.evidence).toContain('could not be provisioned with tiny'),
      WAIT,
    );
    await vi.waitFor(async () => expect((await ada.suts.get({ id })).reservedBy).toBeNull(), WAIT);
    expect((await ada.reservations.get({ id: next.id })).state).toBe('waiting');
    expect(await ada.suts.powerStatus({ id })).toMatchObject({ on: false });
  });
});
