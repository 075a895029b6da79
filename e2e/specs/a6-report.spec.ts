import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catchOpened, saveInDialog } from '../fixtures/dialogs.ts';
import { importPath, startRun } from '../fixtures/harness-client.ts';
import { suite } from '../fixtures/suites.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { readZip } from '../fixtures/zip.ts';
import { RunPage } from '../pages/run-page.ts';

test('A6: the report is kept, its failures are gathered, and all of it can be taken along', async ({
  workbench,
  home,
  join: joinHarness,
}) => {
  const { app, page } = workbench;
  const client = await joinHarness();
  const variables = [`REPAIRED:${home}/never`];
  const { id } = await startRun(client, await importPath(client, suite('repair')), { variables });
  const run = new RunPage(page);
  await run.goto(id);
  await run.ended('Failed');
  await run.show('Report');
  await expect(page.getByText('2 of 4 tests failed')).toBeVisible();
  await page.getByRole('region', { name: 'Failures' }).getByRole('button').first().click();
  await expect(page.getByRole('region', { name: 'Failures' }).getByRole('link', { name: 'Fan Turns' })).toBeVisible();
  const artefacts = page.getByRole('region', { name: 'Artefacts' });
  for (const file of ['output.xml', 'log.html', 'report.html', 'record.db', 'console.txt'])
    await expect(artefacts.getByRole('button', { name: file, exact: true })).toBeVisible();

  const zip = join(home, 'taken along.zip');
  await saveInDialog(app, zip);
  await artefacts.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'All artefacts as zip' }).click();
  await expect.poll(() => readZip(zip).catch(() => null), { timeout: 20_000 }).not.toBeNull();
  const files = await readZip(zip);
  const folder = (await client.runs.get({ id })).reportDirectory;
  for (const name of ['output.xml', 'log.html', 'report.html', 'console.txt'])
    expect(hash(files, name), name).toBe(sha256(readFileSync(join(folder, name))));
  expect(files.get('record.db')?.subarray(0, 15).toString()).toBe('SQLite format 3');
});

test('A6: the original log opens on an address of its own that lets nothing out', async ({ workbench, join: joinHarness }) => {
  const { app, page } = workbench;
  const client = await joinHarness();
  const { id } = await startRun(client, await importPath(client, suite('names')));
  const run = new RunPage(page);
  await run.goto(id);
  await run.ended('Failed');
  const opened = await catchOpened(app);
  await run.show('Report');
  await page.getByRole('button', { name: 'log.html', exact: true }).click();
  await expect.poll(opened).toHaveLength(1);
  const url = new URL((await opened())[0] ?? '');
  expect(url.hostname).toBe('127.0.0.1');
  const outer = await fetch(url);
  expect(outer.status).toBe(200);
  expect(outer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await outer.text()).not.toContain('Robot Framework'); // ours, and empty: the foreign page is never the top one
  const inner = await fetch(`${url.href}?framed`);
  expect(inner.headers.get('content-security-policy')).toContain('sandbox allow-scripts');
  expect(inner.headers.get('content-security-policy')).not.toContain('allow-same-origin');
  const log = await inner.text();
  expect(log).toContain('Robot Framework');
  expect(log.length).toBeGreaterThan(50_000);
  const guessed = new URL(url);
  guessed.pathname = guessed.pathname.replace(/[\w-]{16,}/u, 'A'.repeat(32));
  expect((await fetch(guessed)).status).toBe(404);
});

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function hash(files: ReadonlyMap<string, Buffer>, name: string): string | null {
  const content = files.get(name);
  return content === undefined ? null : sha256(content);
}
