import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPath, startRun } from '../fixtures/harness-client.ts';
import { expect, test } from '../fixtures/workbench.ts';
import { RunPage } from '../pages/run-page.ts';

const SUITE = `*** Test Cases ***
Fans Turn
    Spin Up
    Look At Fan    4

*** Keywords ***
Spin Up
    Sleep    400ms
Look At Fan
    [Arguments]    \${number}
    Sleep    400ms
    Fail    FAN \${number} stands still
`;

test('A6: keywords stand on the axis of time, lead into the tree, and from the tree back to their moment', async ({
  page,
  home,
  join: joinHarness,
}) => {
  mkdirSync(join(home, 'fans'));
  writeFileSync(join(home, 'fans', 'fans.robot'), SUITE);
  const client = await joinHarness();
  const { id } = await startRun(client, await importPath(client, join(home, 'fans')));
  const run = new RunPage(page);
  await run.goto(id);
  await run.ended('Failed');
  await run.show('Timeline');
  const keywords = page.getByRole('group', { name: /^Keywords/u });
  await expect(keywords.getByRole('button')).toHaveText(['Spin Up', 'Look At Fan    4', 'Sleep    400ms', 'Sleep    400ms', /^Fail/u]);
  await keywords.getByRole('button', { name: 'Look At Fan 4' }).click();
  const moment = page.getByRole('complementary', { name: 'At this moment' });
  await expect(moment).toContainText('Fans Turn');
  await moment.locator('.moment-ran').filter({ hasText: 'Look At Fan' }).getByRole('button', { name: 'Show in tree' }).click();
  const chosen = page.getByRole('treeitem', { selected: true });
  await expect(chosen).toContainText('Look At Fan');

  await page.getByRole('treeitem').filter({ hasText: 'Spin Up' }).click();
  await page.getByRole('button', { name: 'Show in the timeline' }).click();
  await expect(keywords.getByRole('button', { name: 'Spin Up' })).toHaveAttribute('aria-current', 'true');
  await expect(moment.locator('.moment-ran').last()).toContainText('Spin Up');
});
