import { catchOpened } from '../fixtures/dialogs.ts';
import { foreignResult } from '../fixtures/foreign-results.ts';
import { importResult } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { RunPage } from '../pages/run-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';

const FAN = 'FAN 4 turns at 1080 rpm, expected above 4200';

test('A6: an issue becomes a link by how it begins, in a note and beside a known failure', async ({
  workbench: { app, page },
  home,
  join: joinHarness,
}) => {
  const client = await joinHarness();
  await client.triage.saveRule({ content: { title: 'Loose fan', message: 'FAN 4 *', test: '', sut: '', issue: 'LAB-7' } });
  const id = await importResult(client, foreignResult(home, { suite: 'Sensors', hoursAgo: 1, tests: [{ name: 'Fan', failure: FAN }] }));
  const opened = await catchOpened(app);
  const settings = new SettingsPage(page);
  await settings.open('Known failures');
  const trackers = settings.setting('Issue trackers');
  await trackers.getByLabel('Issues begin with').fill('LAB-');
  await trackers.getByLabel('Address of an issue').fill('https://tracker.example/browse/{issue}');
  await trackers.getByRole('button', { name: 'Add' }).click();
  await expect(trackers).toContainText('https://tracker.example/browse/{issue}');

  const run = new RunPage(page);
  await run.goto(id);
  await run.show('Report');
  const triage = page.getByRole('region', { name: 'Triage' });
  await triage.getByRole('radio', { name: 'Issue' }).click();
  for (const issue of ['LAB-123', 'other 9']) {
    await triage.getByRole('textbox', { name: 'Issue' }).fill(issue);
    await triage.getByRole('textbox', { name: 'Issue' }).press('Enter');
    await expect(triage.getByRole('listitem').filter({ hasText: issue })).toBeVisible();
  }
  await expect(triage.getByRole('link')).toHaveText(['LAB-7', 'LAB-123']);
  await triage.getByRole('link', { name: 'LAB-123' }).click();
  await triage.getByRole('link', { name: 'LAB-7' }).click();
  await expect.poll(opened).toEqual(['https://tracker.example/browse/LAB-123', 'https://tracker.example/browse/LAB-7']);
});

test('A6: a known failure that has stopped to happen says that it may be fixed, and is silent when it is back', async ({
  page,
  home,
  join: joinHarness,
}) => {
  const client = await joinHarness();
  const bring = (hoursAgo: number, failure?: string) =>
    importResult(
      client,
      foreignResult(home, { suite: 'Sensors', hoursAgo, tests: [{ name: 'Fan', ...(failure === undefined ? {} : { failure }) }] }),
    );
  await bring(5, FAN);
  await client.triage.saveRule({ content: { title: 'Loose fan', message: 'FAN 4 *', test: '', sut: '', issue: '' } });
  await bring(4);
  await bring(3);
  const settings = new SettingsPage(page);
  const clear = async () => (await client.triage.rules())[0]?.clearRuns;
  await expect.poll(clear, { timeout: 30_000 }).toBe(2);
  await settings.open('Known failures');
  const rule = settings.setting('Loose fan');
  await expect(rule).toContainText('1 failure explained');
  await expect(rule).toContainText('Its tests passed in the last 2 runs: it may be fixed.');

  await bring(1, FAN.replace('1080', '990'));
  await expect.poll(clear, { timeout: 30_000 }).toBe(0);
  await settings.open('General');
  await settings.open('Known failures');
  await expect(rule).toContainText('2 failures explained');
  await expect(rule).not.toContainText('may be fixed');
  await rule.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('No known failure yet')).toBeVisible();
});
