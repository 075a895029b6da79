import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { writeTinyMachine } from '../lab/tiny-machine.ts';

const RECIPE = `recipe: Boot from the network
steps:
  - { do: power, action: off }
  - { do: networkBoot }
  - { do: power, action: on }
  - { do: waitConsole, pattern: booted from disk, limit: 120 }
  - { do: waitConsole, pattern: nobody says this, limit: 600 }
powerAfter: off
`;

test('A4: the run and the machine show what the machine fetches for its start from the network, until the run is stopped', async ({
  page,
  home,
  join: joinHarness,
}, info) => {
  test.setTimeout(180_000);
  const client = await joinHarness();
  await client.system.updateSettings({ bootPort: 0 });
  const { id: sutId } = await client.suts.create({ name: 'virtual-1', endpoints: [{ provider: 'qemu', diskGib: 0 }] });
  const files = { path: join(home, 'vmlinuz'), initrds: [join(home, 'initrd.img')] };
  writeFileSync(files.path, readFileSync(writeTinyMachine(home).disk).subarray(0, 512));
  writeFileSync(join(home, 'initrd.img'), Buffer.alloc(200_000, 'initrd'));
  for await (const event of await client.images.importFile({ ...files, name: 'tiny linux', revision: '' })) void event;
  const folder = join(home, 'smoke');
  mkdirSync(folder);
  writeFileSync(join(folder, 'smoke.robot'), '*** Test Cases ***\nMachine Is There\n    Log    it is\n');
  writeFileSync(join(folder, 'boot.recipe.yaml'), RECIPE);
  const { id: testDataId } = await importPath(client, folder);
  try {
    const { id } = await client.runs.provision({ sut: 'virtual-1', recipe: 'boot.recipe.yaml', testDataId, image: 'tiny linux' });
    await page
      .getByRole('link', { name: /Provision virtual-1/u })
      .first()
      .click();
    await page.getByRole('tab', { name: 'Machines' }).click({ timeout: 30_000 });
    const machine = page.getByRole('region', { name: 'virtual-1' });
    const fetched = machine.getByRole('list', { name: 'Fetched by the machine' }).getByRole('listitem');
    await expect(fetched.filter({ hasText: 'initrd' })).toContainText(/200 KB of 200 KB.*by 127\.0\.0\.1 in 1 request/u, {
      timeout: 90_000,
    });
    await expect(machine).toContainText(/201 KB(?:, [\d.]+ \w+\/s)? fetched by the machine/u);
    await page.screenshot({ path: info.outputPath('fetching.png') });

    await machine.getByRole('link', { name: 'virtual-1' }).click();
    const card = page.getByRole('region', { name: 'virtual-1' });
    await expect(card.getByRole('list', { name: 'Fetched by the machine' })).toContainText('200 KB of 200 KB');
    await client.runs.stop({ id, reason: 'seen', now: true });
    await expect(card.getByRole('list', { name: 'Fetched by the machine' })).toBeHidden({ timeout: 60_000 });
    await expect.poll(async () => (await client.runs.get({ id })).state, { timeout: 60_000 }).toBe('ended');
  } finally {
    // It outlives the app, which the end of the test waits for.
    await client.suts.power({ id: sutId, action: 'off', confirmed: true });
  }
});
