import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reservation, ReservationRequest } from '../../src-shared/model/reservation.ts';
import { importPath, startRun } from '../fixtures/harness-client.ts';
import { suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { BoardPage } from '../pages/board-page.ts';

const HOUR = 3_600_000;

/** A colleague who comes in by the loopback face, under their own name. */
function colleague(home: string, name: string) {
  const { url, tokenFile } = JSON.parse(readFileSync(join(home, 'owner.json'), 'utf8')) as { url: string; tokenFile: string };
  const headers = {
    authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`,
    'content-type': 'application/json',
    'x-atn-person': encodeURIComponent(name),
  };
  return {
    ask: async (request: ReservationRequest): Promise<{ status: number; body: Reservation & { code?: string; message?: string } }> => {
      const answer = await fetch(`${url}/api/v1/reservations`, { method: 'POST', headers, body: JSON.stringify(request) });
      return { status: answer.status, body: (await answer.json()) as Reservation & { code?: string; message?: string } };
    },
  };
}

test('a machine is reserved by dragging, a colleague is refused until it is free, and who waits gets it', async ({
  page,
  home,
  join: joinHarness,
}) => {
  const client = await joinHarness();
  for (const name of ['dl380-07', 'dl380-08']) await client.suts.create({ name });
  const { user } = await client.system.info();
  const board = new BoardPage(page);
  await board.open();
  await board.drag('dl380-07', 0.4, 0.5);
  await expect(board.hint).toContainText('dl380-07');
  await page.keyboard.press('Enter');
  await expect(board.detail).toContainText('granted');
  await expect(board.block('dl380-07', /^dl380-07, you, from/u)).toBeVisible();
  const [mine] = await client.reservations.list({});
  expect(mine).toMatchObject({ holder: user, state: 'granted', suts: [{ name: 'dl380-07' }] });
  const begin = mine?.begin ?? 0;

  const jorge = colleague(home, 'Jorge Ortega');
  const refused = await jorge.ask({ suts: ['dl380-07', 'dl380-08'], begin, durationMs: HOUR, ifBusy: 'refuse' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'NOT_RESERVED' } });
  expect(refused.body.message).toContain(user);
  const waits = await jorge.ask({ suts: ['dl380-07', 'dl380-08'], begin, durationMs: HOUR, purpose: 'thermal' });
  expect(waits.body).toMatchObject({ state: 'waiting', holder: 'Jorge Ortega', waiting: { position: 1, expected: { begin: mine?.end } } });
  await expect(board.block('dl380-08', /Jorge Ortega, waits/u)).toBeVisible();

  // What Jorge is promised cannot be dropped on: the draft stands behind it and says why.
  await page.keyboard.press('Escape');
  await board.drag('dl380-07', 0.3, 0.45);
  await expect(board.hint).toContainText('is refused');
  await expect(board.hint).toContainText('Moved to the first free time');
  await board.hint.getByRole('button', { name: 'Drop' }).click();

  await board.block('dl380-07', /^dl380-07, you/u).click();
  await board.detail.getByRole('button', { name: 'Cancel' }).click();
  await expect(board.block('dl380-07', /Jorge Ortega, from/u)).toBeVisible();
  expect(await client.reservations.get({ id: waits.body.id })).toMatchObject({ state: 'granted', begin });
});

test('a hold is handed over and taken back with a reason, and its run is stopped', async ({ page, home, join: joinHarness }) => {
  const client = await joinHarness();
  await client.system.updateSettings({ stopGraceSeconds: 1 });
  await client.suts.create({ name: 'r650-11' });
  const gated = await importPath(client, suite('gated'));
  const run = await startRun(client, gated, { name: 'soak', suts: ['r650-11'], variables: [`GATES:${home}/never`] });
  await expect.poll(async () => (await client.runs.get({ id: run.id })).state, { timeout: 60_000 }).toBe('executing');
  const board = new BoardPage(page);
  await board.open();
  // "Reserve and run": the run has made its own hold.
  await board.block('r650-11', /^r650-11, you, no end, soak/u).click();
  await expect(board.detail).toContainText('soak');
  await board.detail.getByRole('button', { name: 'End now' }).click();
  await page.getByRole('button', { name: 'Stop the run and end' }).click();
  await expect.poll(async () => (await client.runs.get({ id: run.id })).state, { timeout: 60_000 }).toBe('ended');
  expect(await client.runs.get({ id: run.id })).toMatchObject({ verdict: 'stopped' });
  await expect.poll(async () => (await client.suts.list())[0]?.reservedBy).toBeNull();

  const held = await client.reservations.request({ suts: ['r650-11'], durationMs: 2 * HOUR, purpose: 'bring-up' });
  await board.block('r650-11', /bring-up/u).click();
  await board.detail.getByRole('button', { name: 'Hand over' }).click();
  await board.detail.getByRole('combobox', { name: 'Colleague' }).fill('Priya Raman');
  await board.detail.getByRole('button', { name: 'Hand over' }).last().click();
  await expect(board.block('r650-11', /Priya Raman, until/u)).toBeVisible();
  expect(await client.reservations.get({ id: held.id })).toMatchObject({ state: 'ended', reason: { code: 'handedOver' } });
  expect((await client.suts.list())[0]).toMatchObject({ reservedBy: 'Priya Raman', reservedUntil: held.end });

  await board.detail.getByRole('button', { name: 'Take back' }).click();
  await board.detail.getByRole('textbox', { name: 'Why' }).fill('the rack moves');
  await board.detail.getByRole('button', { name: 'Take back', exact: true }).last().click();
  await expect(board.detail).toContainText('the rack moves');
  await expect.poll(async () => (await client.suts.list())[0]?.reservedBy).toBeNull();
});
