import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { answer } from './protocol.ts';

vi.mock('electron', () => ({ protocol: {} }));

const folder = join(mkdtempSync(join(tmpdir(), 'atn-protocol-')), 'renderer');
const get = (url: string, method = 'GET') => answer(folder, method, url);

beforeAll(() => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<title>page</title>');
  writeFileSync(join(folder, 'assets', 'a.js'), 'export {}');
  writeFileSync(join(folder, 'assets', 'a.exe'), 'no');
  writeFileSync(join(folder, '..', 'secret.json'), '{}');
});

describe('the app:// protocol', () => {
  it('serves the page with a policy for every address without extension', async () => {
    for (const url of ['app://workbench/', 'app://workbench/runs/r-1', 'app://workbench/index.html']) {
      const response = await get(url);
      expect(await response.text()).toContain('page');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
  it('serves what the build made, by type', async () => {
    expect((await get('app://workbench/assets/a.js')).headers.get('content-type')).toContain('javascript');
  });
  it.each([
    'app://workbench/../secret.json',
    'app://workbench/%2e%2e/secret.json',
    'app://workbench/..%2fsecret.json',
    'app://workbench/..%5csecret.json',
    'app://workbench/a%00.js',
    'app://workbench/assets/a.exe',
    'app://workbench/assets/absent.js',
    'app://elsewhere/index.html',
  ])('does not serve %s', async (url) => {
    expect((await get(url)).status).toBe(404);
  });
  it('answers only GET', async () => {
    expect((await get('app://workbench/', 'POST')).status).toBe(405);
  });
});
