import { createORPCClient, DynamicLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { desktopContract } from '../../src-shared/contract/index.ts';
import { breakTellsAway } from './break-tells-away.ts';
import { desktopBridge } from './desktop-bridge.ts';
import { LinkKeeper } from './link-keeper.ts';
import { portTransport } from './port-transport.ts';
import { socketTransport } from './socket-transport.ts';

/** How long a call waits for a lost link before it fails with a sentence, in milliseconds. */
const PATIENCE = 5000;

const bridge = desktopBridge();

export const face = bridge === null ? 'headless' : 'desktop';

/** A hub says so in the page; a harness says nothing, so its page asks nobody before it starts. A hub has less of a harness than a harness, and pages of both ask. */
export const server: 'harness' | 'hub' =
  document.querySelector('meta[name="atn-server"]')?.getAttribute('content') === 'hub' ? 'hub' : 'harness';

export const keeper = new LinkKeeper(bridge === null ? socketTransport(window.location.origin) : portTransport(bridge), {
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: () => Math.random(),
});

export type Client = ContractRouterClient<typeof desktopContract>;

/** All that the harness serves, typed by the contract. `client.desktop` answers in the desktop face only: ask `face` first. */
export const client: Client = createORPCClient(new DynamicLink(async () => breakTellsAway(await keeper.link(PATIENCE))));
