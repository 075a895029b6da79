import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/browser.ts';
import { importPath, startRun } from '../fixtures/harness-client.ts';
import { Gates, suite } from '../fixtures/suites.ts';
import { RunPage } from '../pages/run-page.ts';

test('the one-time address opens one session, once, and nobody comes in without', async ({ anybody, served }) => {
  const page = await (await anybody()).newPage();
  await page.goto(served.oneTimeUrl);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
  expect(page.url()).not.toContain('token');
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();

  const other = await (await anybody()).newPage();
  expect((await other.goto(served.oneTimeUrl))?.status()).toBe(401);
  await expect(other.locator('body')).toContainText('This address was used already');
  expect((await other.goto(served.url))?.status()).toBe(401);
});

test('a run is watched and stopped in a browser as in the window', async ({ visitor, home, join: joinHarness }) => {
  const gates = new Gates(home);
  const client = await joinHarness();
  const { id } = await startRun(client, await importPath(client, suite('gated')), { variables: [gates.variable] });
  const run = new RunPage(visitor);
  await run.goto(id);
  await expect(run.row('Second Step')).toBeVisible();
  await expect(run.count(1, 'passed')).toBeVisible();
  gates.open('second');
  await expect(run.row('Third Step')).toBeVisible();
  await expect(run.count(2, 'passed')).toBeVisible();
  await run.button('Stop').click();
  await visitor.getByRole('alertdialog').getByRole('button', { name: 'Stop gated' }).click();
  await run.ended('Stopped');
  await run.show('Report');
  const opened = visitor.context().waitForEvent('page');
  await visitor.getByRole('button', { name: 'log.html', exact: true }).click();
  const log = await opened;
  await log.waitForLoadState();
  expect(new URL(log.url()).origin).not.toBe(new URL(visitor.url()).origin);
  await expect(log.frameLocator('iframe').getByText('All Tests', { exact: true })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has a serious finding of axe, ${colorScheme}`, async ({ visitor: page, home, join: joinHarness }) => {
    const client = await joinHarness();
    const sut = await client.suts.create({
      name: 'dl380-07',
      tags: ['lab-a'],
      information: [{ key: 'password', kind: 'secret', value: null, secret: 'x' }],
    });
    const testData = await importPath(client, suite('half-broken'));
    const repair = await importPath(client, suite('repair'));
    const { id } = await startRun(client, repair, { suts: [sut.name], variables: [`REPAIRED:${home}/never`] });
    await expect.poll(async () => (await client.runs.get({ id })).state, { timeout: 30_000 }).toBe('ended');
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const places = {
      Today: '/',
      Runs: '/runs',
      Run: `/runs/${id}?at=first-failure`,
      'Report of a run': `/runs/${id}?tab=report&side=console`,
      'Test data': '/test-data',
      'One test data': `/test-data/${testData.id}`,
      SUTs: '/suts',
      'One SUT': `/suts/${sut.id}`,
      'New SUT': '/suts/new',
      'New run': '/runs/new',
      Settings: '/settings',
      Guide: '/help/hub',
    };
    for (const [name, path] of Object.entries(places)) {
      await page.goto(new URL(path, page.url()).href);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await expect(page.locator('.shape')).toHaveCount(0); // nothing is still loading
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect
        .soft(
          serious.map((found) => `${found.id}: ${found.nodes.map(({ target }) => target.join(' ')).join(', ')}`),
          name,
        )
        .toEqual([]);
    }
  });
}
