import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath, type HarnessClient } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { NewRunPage } from '../pages/new-run-page.ts';
import { RunPage } from '../pages/run-page.ts';

const wheels = join(import.meta.dirname, '../fixtures/wheels');
const SUITE = `*** Settings ***
Library    AtnGreeter
*** Test Cases ***
Greeting
    \${said} =    Greet    rack-1
    Should Be Equal    \${said}    hello rack-1
`;

async function done<T extends { type: string }>(events: AsyncIterable<T>): Promise<Extract<T, { type: 'done' }>> {
  for await (const event of events) if (event.type === 'done') return event as Extract<T, { type: 'done' }>;
  throw new Error('It ended without an answer.');
}

/** An earlier time may have left it in the user's cache. */
async function forgetEnvironment(client: HarnessClient, libraryId: string): Promise<void> {
  const { lock } = await done(await client.environments.lock({ libraries: [{ libraryId }] }));
  await client.environments.remove({ lockHash: lock.hash });
}

test('A4: a run fetches the library it needs by itself, says so, and keeps what it had', async ({ workbench, home, join: joinHarness }) => {
  const { page } = workbench;
  const client = await joinHarness();
  const folder = join(home, 'greetings');
  mkdirSync(folder);
  writeFileSync(join(folder, 'greeting.robot'), SUITE);
  const { id: testDataId } = await importPath(client, folder);
  await client.system.updateSettings({ packageFolders: [wheels] });
  const { library } = await done(await client.libraries.add({ from: 'requirement', requirement: 'atn-greeter' }));
  await client.libraries.attach({ testDataId, libraryId: library.id });
  await forgetEnvironment(client, library.id);

  const newRun = new NewRunPage(page);
  await newRun.open();
  await newRun.choose('greetings');
  await newRun.run.click();
  const run = new RunPage(page);
  await run.arrive();
  await run.ended('Passed');
  const { rows } = await client.runs.list({ offset: 0, limit: 1 });
  const { environment } = await client.runs.get({ id: rows[0]?.run.id ?? '' });
  expect(environment.packages).toContainEqual({ name: 'atn-greeter', version: '1.0' });
  expect((await client.environments.list()).find(({ lockHash }) => lockHash === environment.lockHash)).toMatchObject({ state: 'ready' });
});

test('A4: a library that nobody has ends the run with the reason, before any machine is touched', async ({
  workbench,
  home,
  join: joinHarness,
}) => {
  const { page } = workbench;
  const client = await joinHarness();
  const folder = join(home, 'nowhere');
  mkdirSync(folder);
  writeFileSync(join(folder, 'nowhere.robot'), '*** Test Cases ***\nOne\n    No Operation\n');
  const { id: testDataId } = await importPath(client, folder);
  const { library } = await done(await client.libraries.add({ from: 'requirement', requirement: 'atn-greeter==99' }));
  await client.system.updateSettings({ packageFolders: [wheels] });
  await client.libraries.attach({ testDataId, libraryId: library.id });
  const { id } = await client.runs.start({ testDataId });
  await expect.poll(async () => (await client.runs.get({ id })).state, { timeout: 60_000 }).toBe('ended');
  expect(await client.runs.get({ id })).toMatchObject({ verdict: 'error', cause: 'configuration', failure: { code: 'LOCK_FAILED' } });
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByRole('row').filter({ hasText: 'nowhere' }).first().click();
  await expect(page.getByText('atn-greeter').first()).toBeVisible();
});
