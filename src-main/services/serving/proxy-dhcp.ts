import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { firstProgram, scriptUrl } from './dhcp-snippets.ts';
import { OPTION, readDhcp, TYPE, writeDhcp, type DhcpMessage } from './dhcp-message.ts';
import { FIRMWARES } from './first-stages.ts';

/** Where DHCP servers are asked, where clients listen, and where machines ask again that already have an address (PXE 2.1, 2.2.3). */
const [SERVERS, CLIENTS, AGAIN] = [67, 68, 4011];
const EVERYBODY = '255.255.255.255';
const NOWHERE = '0.0.0.0';
const ETHERNET = 1;

/** What a machine says of itself; hexadecimal digits, empty where it says nothing. */
export interface Asking {
  uuid: string;
  mac: string;
}

export interface ProxyPlace {
  /** IPv4, of the one interface on which is answered. */
  address: string;
  /** Of HTTP: address and port. */
  host: string;
  /** First stages that can be fetched here by TFTP, and those by HTTP. */
  byTftp: readonly string[];
  byHttp: readonly string[];
  /** Whether this machine is to be told, now. */
  expects: (asking: Asking) => boolean;
}

export interface ProxyDhcp {
  close(): Promise<void>;
}

/** What a machine is told that asks at a port; null: nothing, because somebody else is meant or it is no machine that is expected. */
export function answerProxy(bytes: Buffer, place: ProxyPlace & { port: number }): { message: Buffer; asking: Asking } | null {
  const asked = readDhcp(bytes);
  // What came over a relay is answered by nobody here: only this network is meant.
  if (asked === null || asked.fromServer || asked.giaddr !== NOWHERE) return null;
  if (asked.type !== (place.port === AGAIN ? TYPE.request : TYPE.discover)) return null;
  const vendorClass = /^(?:PXE|HTTP)Client/u.exec(asked.options.get(OPTION.vendorClass)?.toString('latin1') ?? '')?.[0];
  const asking = whoAsks(asked);
  if (vendorClass === undefined || !place.expects(asking)) return null;
  const file = fileFor(asked, place);
  if (file === null) return null;
  const uuid = asked.options.get(OPTION.uuid);
  const message = writeDhcp({
    ...{ fromServer: true, xid: asked.xid, flags: asked.flags, ciaddr: asked.ciaddr, siaddr: place.address, giaddr: NOWHERE },
    ...{ hardware: asked.hardware, file },
    options: new Map([
      [OPTION.type, Buffer.from([place.port === AGAIN ? TYPE.ack : TYPE.offer])],
      [OPTION.server, Buffer.from(place.address.split('.').map(Number))],
      [OPTION.vendorClass, Buffer.from(vendorClass)],
      ...(uuid === undefined ? [] : [[OPTION.uuid, uuid] as const]),
    ]),
  });
  return { message, asking };
}

function whoAsks({ hardware, options }: DhcpMessage): Asking {
  const uuid = options.get(OPTION.uuid);
  const hasMac = hardware.type === ETHERNET && hardware.address.length === 6;
  // Its first byte says that a UUID comes (RFC 4578, 2.3).
  return { uuid: uuid?.length === 17 && uuid[0] === 0 ? uuid.toString('hex', 1) : '', mac: hasMac ? hardware.address.toString('hex') : '' };
}

function fileFor({ options }: DhcpMessage, { host, byTftp, byHttp }: ProxyPlace): string | null {
  // As iPXE says it, and as RFC 3004 wants it said.
  if (['iPXE', '\u0004iPXE'].includes(options.get(OPTION.userClass)?.toString('latin1') ?? '')) return scriptUrl(host);
  const said = options.get(OPTION.architecture);
  const architecture = said !== undefined && said.length >= 2 ? said.readUInt16BE(0) : 0;
  const firmware = FIRMWARES.find(({ architectures }) => architectures.includes(architecture));
  if (firmware === undefined || !(firmware.http ? byHttp : byTftp).includes(firmware.program)) return null;
  return firstProgram(host, firmware);
}

/**
 * Tells expected machines where their first program is, beside the lab's own DHCP server, which goes on to give the addresses. It speaks on the interface of
 * the address only: what is sent to everybody leaves where the sender's address lives.
 */
export async function startProxyDhcp(place: ProxyPlace, onTold: (asking: Asking) => void): Promise<ProxyDhcp> {
  const sockets: Socket[] = [];
  const open = async (port: number, address: string): Promise<Socket> => {
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    sockets.push(socket);
    socket.bind(port, address);
    await once(socket, 'listening');
    socket.on('error', () => undefined); // of a packet that could not be sent
    return socket;
  };
  const close = async (): Promise<void> => {
    await Promise.all(sockets.splice(0).map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
  };
  try {
    // What is sent to everybody is heard by those only who listen at every address.
    const ears = await open(SERVERS, NOWHERE);
    const mouth = await open(SERVERS, place.address);
    const again = await open(AGAIN, place.address);
    mouth.setBroadcast(true);
    ears.on('message', (bytes) => {
      const answer = answerProxy(bytes, { ...place, port: SERVERS });
      if (answer === null) return;
      mouth.send(answer.message, CLIENTS, EVERYBODY);
      onTold(answer.asking);
    });
    again.on('message', (bytes, peer) => {
      const answer = answerProxy(bytes, { ...place, port: AGAIN });
      if (answer === null) return;
      again.send(answer.message, peer.port, peer.address);
      onTold(answer.asking);
    });
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}
