import { spawn } from 'node:child_process';
import { packagedProgram } from '../fixtures/packaged-app.ts';
import { chromiumOptions, expect, test } from '../fixtures/workbench.ts';

test('the packaged app opens one window with a page that reached its harness', async ({ workbench }) => {
  expect(workbench.app.windows()).toHaveLength(1);
  await expect(workbench.page).toHaveTitle(/ATN Workbench/);
  await expect(workbench.page.getByRole('navigation').first()).toBeVisible();
  expect(workbench.output()).not.toContain('Error:');
});

test('it opens again where it was left', async ({ launch }) => {
  const first = await launch();
  await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 1100, height: 700 }));
  await first.app.close();
  const second = await launch();
  const bounds = await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(bounds).toEqual({ x: 40, y: 60, width: 1100, height: 700 });
});

test('a second app on the same home ends and brings the first to the front', async ({ launch, workbench }) => {
  await workbench.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await expect(launch()).rejects.toThrow();
  await expect.poll(() => workbench.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())).toBe(false);
});

test('an app with a profile of its own does not share the home of another', async ({ workbench, home }) => {
  expect(workbench.app.windows()).toHaveLength(1);
  const second = spawn(packagedProgram(), [...chromiumOptions, `--home=${home}`, `--user-data-dir=${home}/other`], { stdio: 'pipe' });
  let said = '';
  second.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await expect.poll(() => said).toContain('ATN Workbench cannot start: ');
  second.kill('SIGKILL');
});
