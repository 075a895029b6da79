import { RPCHandler } from '@orpc/server/ws';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { HubContext } from '../api/context.ts';
import type { HubRouter } from '../api/router.ts';
import type { Principal } from '../people/principal.ts';

const PATH = '/api/ws';
const MOST_BYTES = 4_000_000;

interface Door {
  router: HubRouter;
  /** Null = not let in. */
  enter(request: IncomingMessage): Promise<{ context: HubContext; who: Principal } | null>;
}

/** The sockets of pages. Only who is signed in gets one, and it ends with the session. */
export function serveSockets(server: Server, { router, enter }: Door) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES });
  const bySession = new Map<string, Set<WebSocket>>();
  const handler = new RPCHandler<HubContext>(router);
  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const entered = await enter(request).catch(() => null);
    if (entered === null) return void stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    sockets.handleUpgrade(request, stream, head, (socket) => {
      keep(bySession, entered.who.sessionId, socket);
      void handler.upgrade(socket, { context: entered.context });
    });
  };
  server.on('upgrade', (request, stream: Duplex, head) => {
    if (request.url?.split('?', 1)[0] !== PATH) return;
    stream.on('error', () => stream.destroy());
    void upgrade(request, stream, head);
  });
  return {
    count: () => sockets.clients.size,
    end: (sessionIds: readonly string[]) => sessionIds.forEach((id) => bySession.get(id)?.forEach((socket) => socket.close(4401))),
    close: () => {
      sockets.clients.forEach((socket) => socket.close(1001));
      sockets.close();
    },
  };
}

function keep(bySession: Map<string, Set<WebSocket>>, sessionId: string | null, socket: WebSocket): void {
  if (sessionId === null) return;
  const same = bySession.get(sessionId) ?? new Set();
  bySession.set(sessionId, same.add(socket));
  socket.once('close', () => {
    same.delete(socket);
    if (same.size === 0) bySession.delete(sessionId);
  });
}
