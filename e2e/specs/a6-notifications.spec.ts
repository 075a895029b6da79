import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importPath, startRun } from '../fixtures/harness-client.ts';
import { suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';

test('A6: a team hears by webhook of runs that failed, and the address is never shown again', async ({ launch, join: joinHarness }) => {
  const arrived: string[] = [];
  const server = createServer((request, response) => {
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (text: string) => (body += text));
    request.on('end', () => {
      arrived.push(body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { page } = await launch();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Notifications' }).click();
    await expect(page.getByText('Nobody is told yet')).toBeVisible();
    await page.getByRole('textbox', { name: 'Name of the notification' }).fill('Team');
    await page.getByRole('textbox', { name: 'Address' }).fill(`http://${address}/hooks/T0KEN`);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByText(address)).toBeVisible();
    await page.getByRole('button', { name: 'Send a trial' }).click();
    await expect(page.getByText('The trial has arrived.')).toBeVisible();
    expect(JSON.parse(arrived[0] ?? '{}')).toMatchObject({ event: 'trial' });

    const client = await joinHarness();
    await startRun(client, await importPath(client, suite('repair')), { name: 'broken' });
    await expect.poll(() => arrived.length, { timeout: 60_000 }).toBe(2);
    expect(JSON.parse(arrived[1] ?? '{}')).toMatchObject({
      event: 'run.ended',
      toldOf: ['failed'],
      run: { name: 'broken', verdict: 'failed' },
    });
    await page.getByRole('link', { name: 'Schedules' }).click();
    await page.getByRole('link', { name: 'Notifications' }).click();
    await expect(page.getByRole('link', { name: 'broken' })).toBeVisible();
    await expect(page.getByText('T0KEN')).toHaveCount(0);
  } finally {
    server.close();
  }
});
