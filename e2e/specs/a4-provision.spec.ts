import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath, type HarnessClient } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { program, runTool } from '../lab/processes.ts';
import { writeTinyMachine } from '../lab/tiny-machine.ts';
import { NewRunPage } from '../pages/new-run-page.ts';

/** The tiny machine says that it boots, and sends back what is typed: so the test says when it has installed. */
const RECIPE = `recipe: Install the tiny system
failOn: [on fire]
steps:
  - { do: power, action: off }
  - { do: insert, what: image }
  - { do: boot, device: disk }
  - { do: power, action: on }
  - { do: waitConsole, pattern: booted from disk, limit: 120 }
  - { do: waitConsole, pattern: it is installed, limit: 120 }
  - { do: eject }
`;

/** A machine of this computer that can boot from its disk, an image in the library, and test data with a recipe. */
async function prepare(client: HarnessClient, home: string): Promise<string> {
  const sut = await client.suts.create({ name: 'virtual-1', endpoints: [{ provider: 'qemu' }] });
  const machine = join(home, 'machines', sut.id);
  mkdirSync(machine, { recursive: true });
  const { disk } = writeTinyMachine(home);
  runTool(program('qemu-img', 'qemu-utils'), ['convert', '-f', 'raw', '-O', 'qcow2', disk, join(machine, 'disk.qcow2')]);
  const image = join(home, 'tiny-system.iso');
  writeFileSync(image, Buffer.alloc(300_000, 'tiny'));
  for await (const event of await client.images.importFile({ path: image, revision: '' })) void event;
  const folder = join(home, 'smoke');
  mkdirSync(folder);
  writeFileSync(join(folder, 'smoke.robot'), '*** Test Cases ***\nMachine Is There\n    Log    it is\n');
  writeFileSync(join(folder, 'tiny.recipe.yaml'), RECIPE);
  await importPath(client, folder);
  return sut.id;
}

/** As a person at the console would. */
async function type(client: HarnessClient, { sutId, text }: { sutId: string; text: string }): Promise<void> {
  for await (const event of await client.consoles.attach({ sutId })) if (event.type === 'state' && event.console.state === 'open') break;
  await client.consoles.takeWriter({ sutId, confirmed: true });
  await client.consoles.write({ sutId, text });
}

test('A4: a person picks recipe and image, presses Run, watches the installation beside the console, and the next run skips it', async ({
  page,
  home,
  join: joinHarness,
}, info) => {
  test.setTimeout(240_000);
  const client = await joinHarness();
  const sutId = await prepare(client, home);
  const newRun = new NewRunPage(page);

  try {
    await newRun.open();
    await newRun.choose('smoke');
    await newRun.addSut('virtual-1');
    await newRun.plan.getByRole('combobox', { name: 'Provisioning' }).click();
    await page.getByRole('option', { name: /Install the tiny system/u }).click();
    await newRun.plan.getByRole('combobox', { name: 'Image' }).fill('tiny-system');
    await page.keyboard.press('Escape');
    await newRun.run.click();
    await page.getByRole('tab', { name: 'Machines' }).click({ timeout: 30_000 });

    const steps = page.getByRole('list', { name: 'Steps of virtual-1' });
    await expect(steps.getByRole('listitem').filter({ hasText: 'it is installed' })).toHaveAttribute('aria-current', 'step', {
      timeout: 120_000,
    });
    await expect(page.getByLabel('Console of virtual-1')).toContainText('booted from disk', { timeout: 30_000 });
    await page.screenshot({ path: info.outputPath('installing.png') });
    await type(client, { sutId, text: 'it is installed' });
    const machine = page.getByRole('region', { name: 'virtual-1' });
    await expect(machine).toContainText('In the wanted state', { timeout: 60_000 });
    await expect(steps.getByRole('listitem').filter({ hasText: 'Restore the boot order' })).toBeVisible({ timeout: 60_000 });

    await page.getByRole('tab', { name: 'Timeline' }).click();
    await expect(page.getByRole('group', { name: /console/iu }).first()).toBeVisible({ timeout: 60_000 });
    await page.screenshot({ path: info.outputPath('timeline.png') });
    await expect.poll(async () => (await client.suts.get({ id: sutId })).inUse, { timeout: 60_000 }).toBe(null);

    const [first] = (await client.runs.list({})).rows;
    await page.getByRole('button', { name: 'Rerun', exact: true }).click();
    await expect.poll(async () => (await client.runs.list({})).rows[0]?.run.id === first?.run.id, { timeout: 30_000 }).toBe(false);
    await page.getByRole('tab', { name: 'Machines' }).click({ timeout: 30_000 });
    await expect(machine).toContainText('Not needed', { timeout: 60_000 });
    await expect(machine).toContainText('It has tiny-system already');
  } finally {
    // It outlives the app, which the end of the test waits for.
    await client.suts.power({ id: sutId, action: 'off', confirmed: true });
  }
});
