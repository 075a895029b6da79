import { createSocket } from 'node:dgram';
import { packPing, unpackPong, type Pong } from '../wire/asf.js';
import { MalformedError } from '../wire/errors.js';
import { ipmiPort } from '../client/channel.js';

export interface Discovered extends Pong {
  readonly address: string;
  readonly port: number;
}

export interface DiscoverOptions {
  readonly port?: number;
  /** How long answers are waited for after the last ping. Default 1,000. */
  readonly waitMs?: number;
  /** Pings to each target, spread over the wait. Default 2. */
  readonly tries?: number;
  /** Allow broadcast addresses as targets. */
  readonly broadcast?: boolean;
}

/**
 * Sends ASF presence pings (IPMI 2.0 13.2.3) to IPv4 addresses or names and answers who replied, each address and port once. Finding nobody
 * is an empty list; a network that cannot be reached is not an error either.
 */
export async function discover(targets: readonly string[], options: DiscoverOptions = {}): Promise<Discovered[]> {
  const { port = ipmiPort, waitMs = 1000, tries = 2 } = options;
  const socket = createSocket('udp4');
  const found = new Map<string, Discovered>();
  socket.on('error', () => undefined);
  socket.on('message', (datagram, from) => {
    try {
      found.set(`${from.address}:${from.port}`, { ...unpackPong(datagram), address: from.address, port: from.port });
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
    }
  });
  await new Promise<void>((resolve) => socket.bind(0, () => resolve()));
  if (options.broadcast === true) socket.setBroadcast(true);
  const isComplete = (): boolean => options.broadcast !== true && found.size >= targets.length;
  for (let attempt = 0; attempt < tries && !isComplete(); attempt += 1) {
    // Tag 255 would ask for no answer (ASF 2.0 3.2.4.1).
    for (const target of targets) socket.send(packPing(attempt % 255), port, target, () => undefined);
    await waitUntil(isComplete, waitMs / tries);
  }
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return [...found.values()];
}

async function waitUntil(isDone: () => boolean, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (!isDone() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
}
