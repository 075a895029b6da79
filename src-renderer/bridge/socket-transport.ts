import { RPCLink } from '@orpc/client/websocket';
import { RefusedError, type OpenLink, type Transport } from './transport.ts';

/** Browser: one WebSocket on the page's own origin. The session is a cookie that the one-time link has set. */
export function socketTransport(origin: string): Transport {
  return { face: 'headless', open: () => openSocket(origin) };
}

async function openSocket(origin: string): Promise<OpenLink> {
  const socket = new WebSocket(`${origin.replace(/^http/u, 'ws')}/api/ws`);
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve(), { once: true });
  });
  const link = new RPCLink({ websocket: socket });
  const opened = await Promise.race([
    new Promise<boolean>((resolve) => {
      socket.addEventListener('open', () => resolve(true), { once: true });
    }),
    closed.then(() => false),
  ]);
  if (opened) return { link, closed };
  if (await isRefused(origin)) throw new RefusedError('This browser has no session.');
  throw new Error('The harness does not answer.');
}

/** A browser does not tell why an upgrade failed; a plain request does. */
async function isRefused(origin: string): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/api/v1/system/info`, { credentials: 'same-origin' });
    return answer.status === 401 || answer.status === 403;
  } catch {
    return false;
  }
}
