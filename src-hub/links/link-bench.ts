import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENROL_PATH } from '../../src-shared/protocol/messages.ts';
import { vi } from 'vitest';
import { GroupedWrites } from '../store/grouped-writes.ts';
import { openStore } from '../store/open-store.ts';
import { attachLinks } from './attach-links.ts';
import { takeEnrolment } from './enrolment.ts';
import { LinkCalls } from './link-calls.ts';
import { LinkNotices, type LinkServices } from './link-services.ts';

export interface LinkBench {
  services: LinkServices;
  url: string;
  /** Ends the process side of the hub and takes it up again on the same store and port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Enrolment and links of a hub on a port of its own, for tests. */
export async function openLinkBench(): Promise<LinkBench> {
  const folder = mkdtempSync(join(tmpdir(), 'atn-links-'));
  const store = await openStore({ kind: 'sqlite', file: join(folder, 'hub.db') });
  const services: LinkServices = {
    store,
    heard: new GroupedWrites(store, 0),
    hubName: () => 'Bench',
    now: () => Date.now(),
    notices: new LinkNotices(),
    calls: new LinkCalls(),
  };
  let { port, close } = await listen(services, 0);
  return {
    services,
    url: `http://127.0.0.1:${port}`,
    restart: async () => {
      await close();
      ({ port, close } = await listen(services, port));
    },
    close: async () => {
      await close();
      await store.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listen(services: LinkServices, port: number) {
  const server = createServer((request, response) => {
    if (request.method !== 'POST' || request.url !== ENROL_PATH) return void response.writeHead(404).end();
    void textOf(request)
      .then((text) => takeEnrolment(services, JSON.parse(text)))
      .then((answer) => response.writeHead(answer === null ? 403 : 200).end(JSON.stringify(answer ?? {})));
  });
  const links = attachLinks(server, services);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  return { port: (server.address() as AddressInfo).port, close: () => end(server, links) };
}

async function end(server: Server, links: { close: () => Promise<void> }): Promise<void> {
  await links.close();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Waits until it is so: both sides are processes of their own, on a machine that does much else. */
export const soon = <T>(look: () => T | Promise<T>, timeout = 20_000) => vi.waitFor(look, { timeout, interval: 50 });

export const newReservationId = () => randomUUID();
