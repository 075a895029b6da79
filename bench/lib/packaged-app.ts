import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { WebSocket } from 'ws';
import { packagedProgram } from '../../e2e/fixtures/packaged-app.ts';
import type { HarnessClient } from '../../src-main/headless/command.ts';

export interface App {
  home: string;
  electron: ElectronApplication;
  page: Page;
  /** The harness of this app, as `atn` joins it. */
  client: HarnessClient;
  close(): Promise<void>;
}

/** The packaged app on a home of its own, with its page up and its harness joined. */
export async function openApp(): Promise<App> {
  const home = mkdtempSync(join(tmpdir(), 'atn-bench-home-'));
  const electron = await launch([`--home=${home}`]);
  const page = await electron.firstWindow();
  await page.getByRole('navigation').first().waitFor();
  const socket = await joinHarness(home);
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  const close = async (): Promise<void> => {
    socket.close();
    await electron.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  };
  return { home, electron, page, client: createORPCClient(link), close };
}

export function launch(parameters: string[], executablePath: string = packagedProgram()): Promise<ElectronApplication> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium refuses its sandbox to root
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return _electron.launch({ executablePath, args: [...asRoot, ...parameters], env });
}

async function joinHarness(home: string): Promise<WebSocket> {
  const owner = join(home, 'owner.json');
  for (;;) {
    const { url, tokenFile } = (existsSync(owner) ? JSON.parse(readFileSync(owner, 'utf8')) : {}) as { url?: string; tokenFile?: string };
    if (typeof url === 'string' && typeof tokenFile === 'string') {
      const headers = { authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` };
      const socket = new WebSocket(`${url.replace(/^http/u, 'ws')}/api/ws`, { headers });
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return socket;
    }
    await pause(50);
  }
}

/** Goes to an address of the app without loading the page anew. */
export function goTo(page: Page, address: string): Promise<void> {
  return page.evaluate((to) => window.history.pushState(null, '', to), address);
}

/** Imports a folder of suites and answers with the id of its test data. */
export async function importFolder({ client }: App, path: string): Promise<string> {
  for await (const event of await client.testData.importPath({ path })) {
    if (event.type === 'done') return event.testData.id;
  }
  throw new Error('The import did not end.');
}
