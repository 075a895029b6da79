import { getCurrentFuseWire, FuseV1Options } from '@electron/fuses';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packagedProgram } from '../fixtures/packaged-app.ts';
import { expect, test } from '../fixtures/workbench.ts';

// The Electron security checklist, asked of the packaged app itself.

test('its fuses are set, and the shipped package has --inspect off', async () => {
  const wire = await getCurrentFuseWire(packagedProgram());
  const state = (fuse: FuseV1Options) => String.fromCharCode(Number(wire[fuse])) === '1';
  expect(state(FuseV1Options.RunAsNode)).toBe(false);
  expect(state(FuseV1Options.EnableCookieEncryption)).toBe(true);
  expect(state(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
  expect(state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
  expect(state(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
  expect(state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot)).toBe(false);
  expect(state(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
  expect(state(FuseV1Options.EnableNodeCliInspectArguments), 'only in the package for tests: Playwright steers by --inspect').toBe(true);
  const shipped = parse(readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8')) as { electronFuses: object };
  expect(shipped.electronFuses).toHaveProperty('enableNodeCliInspectArguments', false);
});

test('the page has no Node, a sandbox, isolation and web security', async ({ workbench }) => {
  const preferences = await workbench.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => (contents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences()),
  );
  expect(preferences).toHaveLength(1);
  expect(preferences[0]).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
  expect(preferences[0]).not.toMatchObject({ allowRunningInsecureContent: true });
  expect(preferences[0]).not.toMatchObject({ webviewTag: true });
  const seen = await workbench.page.evaluate(() => [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')]);
  expect(seen).toEqual(['undefined', 'undefined']);
});

test('the bridge is two functions', async ({ page }) => {
  const bridge = await page.evaluate(() =>
    Object.entries(Reflect.get(window, 'atn') as object).map(([name, value]) => `${name}: ${typeof value}`),
  );
  expect(bridge.sort()).toEqual(['connect: function', 'pathOf: function']);
});

test('it is served by its own protocol with a policy that runs only its own scripts', async ({ page }) => {
  expect(new URL(page.url()).protocol).toBe('app:');
  const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'; script-src 'self'");
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = "document.body.dataset.injected = 'yes'";
    document.body.append(script);
    return document.body.dataset['injected'] ?? 'no';
  });
  expect(ran).toBe('no');
  expect(await page.evaluate(() => fetch('/../../../../etc/passwd.json').then((answer) => answer.status))).toBe(404);
});

test('it does not leave its page and opens no window', async ({ workbench: { app, page } }) => {
  await page.evaluate(() => window.location.assign('https://example.org/'));
  expect(await page.evaluate(() => window.open('https://example.org/'))).toBeNull();
  expect(await page.evaluate(() => window.open('app://workbench/'))).toBeNull();
  expect(page.url()).toMatch(/^app:\/\/workbench\//);
  expect(app.windows()).toHaveLength(1);
});

test('it is granted no permission', async ({ page }) => {
  const asked = await page.evaluate(async () => [
    await Notification.requestPermission(),
    (await navigator.permissions.query({ name: 'geolocation' })).state,
    await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    ),
  ]);
  expect(asked).toEqual(['denied', 'denied', 'denied']);
});
