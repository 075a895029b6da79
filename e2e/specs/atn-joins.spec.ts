import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '../fixtures/workbench.ts';

const program = join(import.meta.dirname, '../../out/main/atn.js');
const atn = (...parameters: string[]) => promisify(execFile)(process.execPath, [program, ...parameters]);

test('the command line joins the app that owns the home', async ({ workbench, home }) => {
  expect(workbench.app.windows()).toHaveLength(1);
  // The app writes its address down a moment after its window stands.
  await expect(async () => {
    const { stdout } = await atn('runs', '--json', '--home', home);
    expect(JSON.parse(stdout)).toBeTruthy();
  }).toPass();
});
