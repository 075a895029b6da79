import { io } from 'socket.io-client';
import { CONSOLE_EVENT } from '../../src-shared/protocol/console.ts';
import { HEARTBEAT_MS, SOCKET_PATH } from '../../src-shared/protocol/messages.ts';

export interface HubSocket {
  /** Sends and waits for the answer, at most 10 s; rejects when the link is lost meanwhile. */
  call(event: string, message: unknown): Promise<unknown>;
  close(): void;
}

export interface SocketEvents {
  challenge(message: unknown): void;
  mail(message: unknown, answer: (answer: unknown) => void): void;
  /** A question of somebody who looks at a console. */
  console(message: unknown): Promise<unknown>;
  refused(message: unknown): void;
  /** Once; nothing comes after it. */
  lost(why: string): void;
}

/** One connection, one try: it is never made again by itself. */
export function openHubSocket(url: string, events: SocketEvents): HubSocket {
  const socket = io(url, { path: SOCKET_PATH, transports: ['websocket'], reconnection: false, forceNew: true, timeout: HEARTBEAT_MS });
  let over = false;
  const lose = (why: string) => {
    if (over) return;
    over = true;
    socket.disconnect();
    events.lost(why);
  };
  socket.on('challenge', (message: unknown) => events.challenge(message));
  socket.on('refused', (message: unknown) => events.refused(message));
  socket.on('mail', (message: unknown, answer: (answer: unknown) => void) => events.mail(message, answer));
  socket.on(
    CONSOLE_EVENT,
    (message: unknown, answer: (answer: unknown) => void) => void events.console(message).then(answer, () => undefined),
  );
  socket.on('connect_error', (error) => lose(error.message));
  socket.on('disconnect', (reason) => lose(reason));
  return {
    call: (event, message) => socket.timeout(HEARTBEAT_MS).emitWithAck(event, message) as Promise<unknown>,
    close: () => {
      over = true;
      socket.disconnect();
    },
  };
}
