import { takePicture } from '../fixtures/picture.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { RunPage } from '../pages/run-page.ts';
import { SutsPage } from '../pages/suts-page.ts';

test('the picture of the README: the sample at its failure', async ({ workbench: { app, page } }, info) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  const run = new RunPage(page);
  await page.getByRole('button', { name: 'Run the sample' }).click();
  await run.arrive();
  await run.ended('Failed');
  await page.keyboard.press('f');
  await expect(run.detail).toContainText('The reading 0 is outside 1000 to 12000.');
  await takePicture(page, 'run', info);
});

test('the picture of the lab operator: a machine of the simulated lab', async ({ launch }, info) => {
  const { app, page } = await launch({ args: ['--demo'] });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  const suts = new SutsPage(page);
  await expect(suts.row('demo-03')).toContainText('Degraded', { timeout: 30_000 });
  await suts.row('demo-03').click();
  const detail = suts.detail('demo-03');
  await detail.getByRole('button', { name: 'Verify' }).click();
  await expect(detail.getByText('9 of 10')).toBeVisible({ timeout: 30_000 });
  await takePicture(page, 'machines', info);
});
