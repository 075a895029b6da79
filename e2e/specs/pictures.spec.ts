import { join } from 'node:path';
import { expect, test } from '../fixtures/workbench.ts';
import { RunPage } from '../pages/run-page.ts';

const pictures = join(import.meta.dirname, '../../docs/pictures');

// ATN_PICTURES=1 writes docs/pictures anew; else the picture is taken all the same, and thrown away.
test('the picture of the README: the sample at its failure', async ({ workbench: { app, page } }, info) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const run = new RunPage(page);
  await page.getByRole('button', { name: 'Run the sample' }).click();
  await run.arrive();
  await run.ended('Failed');
  await page.keyboard.press('f');
  await expect(run.detail).toContainText('The reading 0 is outside 1000 to 12000.');
  for (const notice of await page.locator('.mantine-Notification-closeButton').all()) await notice.click();
  await expect(page.locator('.mantine-Notification-root')).toHaveCount(0);
  await page.mouse.move(720, 860);
  const wanted = process.env['ATN_PICTURES'] === '1';
  const picture = await page.screenshot({ path: wanted ? join(pictures, 'run.png') : info.outputPath('run.png'), animations: 'disabled' });
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1440, 900]); // as the PNG says
});
