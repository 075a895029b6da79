import type { Harness } from '../harness.ts';

/**
 * Lets `atn` and scripts join this app's harness: the API on loopback, its address and token in the home, readable by its owner only.
 * Loaded after the window stands, which needs none of it. Answers what ends it.
 */
export async function serveCommands(harness: Harness, user: string, appVersion: string): Promise<() => Promise<void>> {
  const { startLoopback } = await import('../loopback/start-loopback.ts');
  const loopback = await startLoopback({ harness, user, appVersion, port: 0, pages: null });
  await harness.announce({ url: loopback.url, ownerToken: loopback.ownerToken });
  return loopback.close;
}
