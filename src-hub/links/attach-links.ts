import type { Server as HttpServer } from 'node:http';
import { createAdapter } from '@socket.io/postgres-adapter';
import type { Pool } from 'pg';
import { Server } from 'socket.io';
import { z } from 'zod';
import { SILENCE_MS, SOCKET_PATH } from '../../src-shared/protocol/messages.ts';
import { Link } from './link.ts';
import { TOPICS, type LinkServices } from './link-services.ts';

/** Mail that another process of the hub wrote is found this soon, and a session that another ended. */
const LOOK_MS = 2000;
const MAIL_PATIENCE_MS = 10_000;
const MOST_BYTES = 2_000_000;

/**
 * Takes links of harnesses on this server. `close` ends them; the harnesses dial again. With `calls`, notices go to the other processes of
 * the same hub and come from them.
 */
export function attachLinks(server: HttpServer, services: LinkServices, calls?: Pool): { close: () => Promise<void> } {
  const io = new Server(server, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MOST_BYTES,
    // Pages have sockets on the same server.
    destroyUpgrade: false,
    ...(calls === undefined ? {} : { adapter: createAdapter(calls) }),
  });
  if (calls !== undefined) joinProcesses(io, services);
  const links = new Map<string, Set<Link>>();
  io.on('connection', (socket) => {
    const wire = {
      on: (event: string, listener: (message: unknown, answer: unknown) => void) => socket.on(event, listener),
      emit: (event: string, message: unknown) => socket.emit(event, message),
      ask: (event: string, message: unknown) => socket.timeout(MAIL_PATIENCE_MS).emitWithAck(event, message) as Promise<unknown>,
      disconnect: (hard?: boolean) => socket.disconnect(hard),
    };
    const link = new Link(wire, services, (harnessId, session) => {
      socket.on('disconnect', services.calls.add(session, wire.ask));
      const same = links.get(harnessId) ?? new Set();
      links.set(harnessId, same.add(link));
    });
    socket.on('disconnect', () => {
      for (const [id, some] of links) if (some.delete(link) && some.size === 0) links.delete(id);
    });
  });
  const wake = (harnessId: string) => links.get(harnessId)?.forEach((link) => void link.look());
  const stop = services.notices.on(wake);
  const timer = setInterval(() => void lookAround(services, links, wake).catch(() => undefined), LOOK_MS);
  return {
    close: async () => {
      stop();
      clearInterval(timer);
      io.local.disconnectSockets(true);
      io.engine.close();
      await io.of('/').adapter.close();
    },
  };
}

/** One notice of another process: what it is of, and which. */
const Notice = z.tuple([z.enum(TOPICS), z.string()]);

function joinProcesses(io: Server, { notices, calls }: LinkServices): void {
  notices.join((topic, id) => void io.serverSideEmit('notice', topic, id));
  io.on('notice', (...said: unknown[]) => {
    const notice = Notice.safeParse(said.slice(0, 2));
    if (notice.success) notices.hear(notice.data[1], notice.data[0]);
  });
  calls.join((carried) => void io.serverSideEmit('call', carried));
  io.on('call', (said: unknown) => calls.hear(said));
}

/** One question for all links of this process, and without their thousand ids: who has mail, or is no longer whom we know. */
async function lookAround({ store }: LinkServices, links: ReadonlyMap<string, unknown>, wake: (id: string) => void): Promise<void> {
  if (links.size === 0) return;
  const waiting = await store
    .selectFrom('harness')
    .select('id')
    .where((where) =>
      where.or([where('mail_head', '>', where.ref('mail_acked')), where('session', 'is', null), where('state', '!=', 'approved')]),
    )
    .execute();
  for (const { id } of waiting) if (links.has(id)) wake(id);
}

/** Whether a harness counts as here: whatever process of the hub died, the last word grows old by itself. */
export function isUp(harness: { session: string | null; last_heard: number | null }, now: number): boolean {
  return harness.session !== null && harness.last_heard !== null && now - harness.last_heard < SILENCE_MS;
}
