import { RPCLink } from '@orpc/client/message-port';
import type { DesktopBridge } from './desktop-bridge.ts';
import type { OpenLink, Transport } from './transport.ts';

/** Desktop: the preload asks for a port and passes it on as a window message. It lives as long as the window's process. */
export function portTransport(bridge: DesktopBridge): Transport {
  return { face: 'desktop', open: () => openPort(bridge) };
}

function openPort(bridge: DesktopBridge): Promise<OpenLink> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== 'atn:port' || port === undefined) return;
      window.removeEventListener('message', receive);
      const closed = new Promise<void>((gone) => {
        port.addEventListener('close', () => gone(), { once: true });
      });
      const link = new RPCLink({ port });
      port.start();
      resolve({ link, closed });
    };
    window.addEventListener('message', receive);
    bridge.connect();
  });
}
