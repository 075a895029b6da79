import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';

/** A connected way to one BMC. Tests put lossy links in its place. */
export interface Channel {
  readonly host: string;
  readonly port: number;
  /** Network errors (such as ECONNREFUSED) since the channel was made; none of them ends it. */
  readonly networkErrors: NetworkErrors;
  send(datagram: Buffer): void;
  /** One listener at a time: the latest. */
  listen(listener: (datagram: Buffer) => void): void;
  close(): void;
}

export interface NetworkErrors {
  count: number;
  last: string | undefined;
}

/** The port of RMCP. */
export const ipmiPort = 623;

function errorCode(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.message;
}

class UdpChannel implements Channel {
  readonly host: string;
  readonly port: number;
  readonly networkErrors: NetworkErrors = { count: 0, last: undefined };
  readonly #socket: Socket;
  #listener: (datagram: Buffer) => void = () => undefined;
  #closed = false;

  constructor(socket: Socket, place: { host: string; port: number }) {
    this.#socket = socket;
    this.host = place.host;
    this.port = place.port;
    socket.on('message', (datagram) => this.#listener(datagram));
    socket.on('error', (error) => this.#note(error));
  }

  #note(error: Error): void {
    this.networkErrors.count += 1;
    this.networkErrors.last = errorCode(error);
  }

  send(datagram: Buffer): void {
    if (this.#closed) return;
    // Without a callback an error comes as an event of the socket, and sending costs less.
    this.#socket.send(datagram);
  }

  listen(listener: (datagram: Buffer) => void): void {
    this.#listener = listener;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
  }
}

/**
 * Opens a UDP socket connected to the BMC, so that the kernel drops datagrams of everybody else.
 * Rejects when the name cannot be resolved.
 */
export async function openUdpChannel(host: string, port: number = ipmiPort): Promise<Channel> {
  const { address, family } = await lookup(host);
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, address, () => {
      socket.off('error', reject);
      resolve();
    });
  }).catch((error: unknown) => {
    socket.close();
    throw error;
  });
  return new UdpChannel(socket, { host, port });
}
