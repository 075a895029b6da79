import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { OpenedSource } from './open-source.ts';

/** Codes of RFC 1350 and 2347. */
const [RRQ, DATA, ACK, ERROR, OACK] = [1, 3, 4, 5, 6];
const NOT_FOUND = 1;
const REFUSED = 2;
const BLOCK = 512;
/** RFC 2348 allows more; more than a packet of Ethernet carries is lost too often. */
const MOST_BLOCK = 1428;
const [FIRST_WAIT_MS, MOST_TRIES] = [500, 6];
const MOST_TRANSFERS = 64;

export interface TftpServer {
  port: number;
  close(): Promise<void>;
}

interface Asked {
  name: string;
  options: Map<string, string>;
}

/**
 * Reads by TFTP (RFC 1350 with the options of RFC 2347 to 2349: blksize and tsize). `find` answers what may be read now under a name; null: nothing.
 * Nobody can write.
 */
export async function startTftp(
  { address, port }: { address: string; port: number },
  find: (name: string, peer: string) => Promise<OpenedSource | null>,
): Promise<TftpServer> {
  const family = address.includes(':') ? 'udp6' : 'udp4';
  const socket = createSocket(family);
  const leaving = new AbortController();
  let running = 0;
  socket.on('message', (message, peer) => {
    const asked = readRequest(message);
    if (asked === null || running >= MOST_TRANSFERS) return void refuse(socket, peer, [REFUSED, 'Only reading is possible.']);
    running += 1;
    serve({ family, address, peer, leaving: leaving.signal }, asked, find)
      .catch(() => undefined) // it begins anew, or has gone
      .finally(() => (running -= 1));
  });
  socket.bind(port, address);
  await once(socket, 'listening');
  socket.on('error', () => undefined); // of a packet that could not be sent
  return {
    port: socket.address().port,
    close: async () => {
      leaving.abort();
      await new Promise<void>((resolve) => socket.close(resolve));
    },
  };
}

/** Null for everything but a request to read in binary mode. */
function readRequest(message: Buffer): Asked | null {
  if (message.length < 4 || message.readUInt16BE(0) !== RRQ) return null;
  const [name = '', mode = '', ...rest] = message.toString('latin1', 2).split('\0');
  if (mode.toLowerCase() !== 'octet') return null;
  const options = new Map<string, string>();
  for (let index = 0; index + 1 < rest.length; index += 2) options.set((rest[index] ?? '').toLowerCase(), rest[index + 1] ?? '');
  return { name: name.replace(/^\/+/u, ''), options };
}

interface Place {
  family: 'udp4' | 'udp6';
  address: string;
  peer: RemoteInfo;
  leaving: AbortSignal;
}

async function serve(place: Place, asked: Asked, find: (name: string, peer: string) => Promise<OpenedSource | null>): Promise<void> {
  const socket = createSocket(place.family);
  socket.bind(0, place.address);
  await once(socket, 'listening');
  const source = await find(asked.name, place.peer.address).catch(() => null);
  try {
    if (source === null) return void (await refuse(socket, place.peer, [NOT_FOUND, 'There is no such file.']));
    await send({ ...place, socket }, source, asked.options);
  } finally {
    await source?.close();
    socket.close();
  }
}

type Line = Place & { socket: Socket };

async function send(line: Line, source: OpenedSource, options: Map<string, string>): Promise<void> {
  const wanted = Number(options.get('blksize') ?? BLOCK);
  const block = Number.isInteger(wanted) && wanted >= 8 ? Math.min(wanted, MOST_BLOCK) : BLOCK;
  const agreed = [
    ...(options.has('blksize') ? ['blksize', String(block)] : []),
    ...(options.has('tsize') ? ['tsize', String(source.size)] : []),
  ];
  if (agreed.length > 0) await until(line, packet(OACK, Buffer.from(`${agreed.join('\0')}\0`, 'latin1')), 0);
  // The last block is shorter than the others, empty where the file ends with a block.
  for (let offset = 0, number = 1; offset <= source.size; offset += block, number = (number + 1) % 65_536) {
    const bytes = await source.read(offset, Math.max(0, Math.min(block, source.size - offset)));
    await until(line, packet(DATA, Buffer.concat([twoBytes(number), bytes])), number);
  }
}

/** Sends until the peer has acknowledged `number`. Throws when it does not. */
async function until({ socket, peer, leaving }: Line, message: Buffer, number: number): Promise<void> {
  for (let tries = 0, wait = FIRST_WAIT_MS; tries < MOST_TRIES; tries += 1, wait *= 2) {
    const heard = acknowledged(socket, peer, { number, wait, leaving });
    socket.send(message, peer.port, peer.address);
    if (await heard) return;
  }
  throw new Error('The reader does not answer.');
}

function acknowledged(
  socket: Socket,
  peer: RemoteInfo,
  { number, wait, leaving }: { number: number; wait: number; leaving: AbortSignal },
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      socket.off('message', onMessage);
      leaving.removeEventListener('abort', onLeaving);
      settle();
    };
    const onMessage = (message: Buffer, from: RemoteInfo): void => {
      if (from.port !== peer.port || from.address !== peer.address || message.length < 4) return;
      const code = message.readUInt16BE(0);
      if (code === ERROR) end(() => reject(new Error('The reader gave up.')));
      else if (code === ACK && message.readUInt16BE(2) === number) end(() => resolve(true));
    };
    const onLeaving = (): void => end(() => reject(new Error('Nothing is served any more.')));
    const timer = setTimeout(() => end(() => resolve(false)), wait);
    socket.on('message', onMessage);
    leaving.addEventListener('abort', onLeaving);
    if (leaving.aborted) onLeaving();
  });
}

function refuse(socket: Socket, peer: RemoteInfo, [code, text]: [number, string]): Promise<void> {
  const message = packet(ERROR, Buffer.concat([twoBytes(code), Buffer.from(`${text}\0`, 'latin1')]));
  return new Promise((resolve) => socket.send(message, peer.port, peer.address, () => resolve()));
}

const packet = (code: number, rest: Buffer): Buffer => Buffer.concat([twoBytes(code), rest]);

function twoBytes(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
