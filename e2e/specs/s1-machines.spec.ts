import { expect, test } from '../fixtures/workbench.ts';
import { SutsPage } from '../pages/suts-page.ts';

test('the demo lab: verified, power-cycled with its history, its console typed into and found again, its sensors watched', async ({
  workbench: { app, page },
  join: joinHarness,
}, info) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await page.getByRole('button', { name: 'Open the demo lab' }).click();
  const suts = new SutsPage(page);
  await expect(suts.row('demo-03')).toContainText('Degraded', { timeout: 30_000 });
  await expect(suts.row('demo-06')).toContainText('Off');
  await page.screenshot({ path: info.outputPath('suts-list.png') });

  await suts.row('demo-01').click();
  const detail = suts.detail('demo-01');
  await detail.getByRole('button', { name: 'Verify' }).click();
  await expect(detail.getByText('9 of 10')).toBeVisible({ timeout: 30_000 });
  await expect(detail).toContainText('SN-DEMO-01');
  await detail.getByRole('button', { name: 'Power', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Power cycle' }).click();
  await expect(detail.getByText('Power cycle: done.')).toBeVisible();
  await page.screenshot({ path: info.outputPath('sut-overview.png') });
  await detail.getByRole('tab', { name: 'History' }).click();
  await expect(detail.getByRole('list', { name: 'History' })).toContainText('power cycle');

  await detail.getByRole('tab', { name: 'Sensors' }).click();
  await expect(detail.getByRole('list', { name: 'Sensors' })).toContainText('CPU1 Temp');
  await expect(detail.locator('.uplot canvas')).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: info.outputPath('sut-sensors-dark.png') });

  await detail.getByRole('tab', { name: 'Console' }).click();
  await expect(detail.getByText('Recorded')).toBeVisible({ timeout: 20_000 });
  await expect(detail.locator('.xterm-rows')).toContainText('login:', { timeout: 20_000 });
  await detail.getByRole('button', { name: 'Take over' }).click();
  await expect(detail.getByRole('button', { name: 'Hand over' })).toBeVisible();
  await detail.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('root\rsecret\recho e2e-was-here\r', { delay: 30 });
  await expect(detail.locator('.xterm-rows')).toContainText('# echo e2e-was-here');
  await page.keyboard.press('Control+Shift+Escape');
  await page.screenshot({ path: info.outputPath('sut-console-dark.png') });
  await detail.getByLabel('Find in all recordings').fill('e2e-WAS');
  await detail.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(detail.getByRole('list', { name: 'Found lines' })).toContainText('e2e-was-here');

  const client = await joinHarness();
  const sut = (await client.suts.list()).find(({ name }) => name === 'demo-01');
  const events = await client.suts.events({ id: sut?.id ?? '' });
  expect(events.map(({ what, outcome }) => `${what} ${outcome}`)).toContain('power cycle done');
});

test('many machines are switched at once, and each says what came of it', async ({ workbench: { page } }, info) => {
  await page.getByRole('button', { name: 'Open the demo lab' }).click();
  const suts = new SutsPage(page);
  await expect(suts.row('demo-06')).toContainText('Off', { timeout: 30_000 });
  for (const name of ['demo-01', 'demo-06']) await suts.row(name).getByRole('checkbox').check();
  const bar = page.getByRole('region', { name: 'Marked machines' });
  await bar.getByRole('button', { name: 'Power' }).click();
  await page.getByRole('menuitem', { name: 'Power cycle 2' }).click();
  const outcomes = bar.getByRole('list', { name: 'What came of it' });
  await expect(outcomes).toContainText('demo-01done');
  await expect(outcomes).toContainText('The machine is off');
  await page.screenshot({ path: info.outputPath('suts-many.png') });
});
