import { connect, createServer, type Socket } from 'node:net';

/** `silence`: from then on nothing passes, and nothing is closed. `garbled`: what the service says has other bytes in it. */
export type CableFault = 'cut' | 'silence' | 'garbled';

export interface FaultyCable {
  port: number;
  /** Befalls the next `times` connections once the service has said `after` bytes; null: nothing does. */
  arm(fault: { how: CableFault; after: number; times: number } | null): void;
  struck(): number;
  close(): Promise<void>;
}

/** Stands before a service over TCP, and spoils what it is told to spoil. */
export async function startFaultyCable(target: number): Promise<FaultyCable> {
  let fault: Parameters<FaultyCable['arm']>[0] = null;
  let struck = 0;
  const open = new Set<Socket>();
  const server = createServer((front) => {
    const back = connect(target, '127.0.0.1');
    const own = fault !== null && struck < fault.times ? fault : null;
    if (own !== null) struck += 1;
    for (const [socket, other] of [
      [front, back],
      [back, front],
    ] as const) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => (open.delete(socket), other.destroy()));
    }
    let said = 0;
    const spoilt = () => own !== null && said >= own.after;
    front.on('data', (chunk) => {
      if (!spoilt() || own?.how === 'garbled') back.write(chunk);
    });
    back.on('data', (chunk) => {
      if (!spoilt()) front.write(chunk);
      else if (own?.how === 'garbled') front.write(Buffer.from(chunk.map((byte) => byte ^ 0x5a)));
      said += chunk.length;
      if (spoilt() && own?.how === 'cut') front.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    arm: (next) => {
      fault = next;
      struck = 0;
    },
    struck: () => struck,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
