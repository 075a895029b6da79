import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { WebSocket } from 'ws';
import type { HubContract } from '../../src-shared/contract/hub/index.ts';

// A process of its own that watches runs for many people: argv = address of the hub, token, number of viewers, runs with commas. What it
// reads it only looks through for events, so that the hub is measured and not its readers. Says 'ready', takes 'begin' and 'end', and
// answers the latter with what it has seen.
export interface Seen {
  /** Milliseconds from the event to the arrival of its message, each event at each viewer. */
  late: number[];
  /** How long this process was held up itself, 99th percentile in milliseconds. */
  heldUp: number;
}

const [url = '', token = '', viewers = '0', runs = ''] = process.argv.slice(2);
const ids = runs.split(',');
const WIDTH = 25;

let late: number[] = [];
const lag = monitorEventLoopDelay({ resolution: 5 });
lag.enable();

process.on('message', (said) => {
  if (said === 'begin') {
    late = [];
    lag.reset();
  }
  if (said === 'end') process.send?.({ late, heldUp: lag.percentile(99) / 1e6 } satisfies Seen);
});

for (let next = 0; next < Number(viewers); next += WIDTH)
  await Promise.all(
    Array.from({ length: Math.min(WIDTH, Number(viewers) - next) }, (_unused, index) => watch(ids[(next + index) % ids.length] ?? '')),
  );
process.send?.('ready');

/** Asks as a page asks; answers when the first look has come. */
async function watch(id: string): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/ws`, { headers: { authorization: `Bearer ${token}` } });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const silent = { readyState: 1, send: (text: string) => socket.send(text), addEventListener: () => undefined };
  const client: ContractRouterClient<HubContract> = createORPCClient(new RPCLink({ websocket: silent as unknown as globalThis.WebSocket }));
  void client.record.follow({ id });
  await new Promise((resolve) => socket.once('message', resolve));
  socket.on('message', (data: Buffer) => {
    const now = Date.now();
    for (const [, at] of data.toString('latin1').matchAll(/"event (\d+)"/gu)) late.push(now - Number(at));
  });
}
