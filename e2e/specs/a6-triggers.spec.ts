import { importPath } from '../fixtures/harness-client.ts';
import { suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';

test('A6: a request from elsewhere starts a plan, once for each delivery, and the page shows what came', async ({ launch, join }) => {
  const { page } = await launch();
  const client = await join();
  const testData = await importPath(client, suite('repair'));
  await client.plans.create({ name: 'After builds', testDataId: testData.id });
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Triggers' }).click();
  await expect(page.getByText('No trigger yet')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name of the trigger' }).fill('Build server');
  await page.getByRole('combobox', { name: 'Plan of the trigger' }).selectOption('After builds');
  await page.getByRole('button', { name: 'Add trigger' }).click();
  const secret = (await page.getByText(/^atnt_/u).textContent()) ?? '';
  const [trigger] = await client.triggers.list();
  expect(trigger?.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/triggers\//u);

  const send = (token: string) =>
    fetch(trigger?.address ?? '', { method: 'POST', headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'build-817' } });
  expect((await send('guess')).status).toBe(401);
  const first = await send(secret);
  expect(first.status).toBe(202);
  const { runs } = (await first.json()) as { runs: string[] };
  expect(await (await send(secret)).json()).toMatchObject({ runs, repeated: true });

  await page.getByRole('link', { name: 'Schedules' }).click();
  await page.getByRole('link', { name: 'Triggers' }).click();
  await expect(page.getByText('A request without the right secret came')).toBeVisible();
  await expect(page.getByText(/build-817 2 times/u)).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.getByRole('link', { name: 'its run' }).click();
  await expect(page).toHaveURL(new RegExp(runs[0] ?? 'none', 'u'));
});
