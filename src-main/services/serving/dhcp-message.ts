/** What of a DHCP message matters to a start from the network (RFC 2131, RFC 4578). Everything in it comes from strangers. */
export interface DhcpMessage {
  fromServer: boolean;
  /** Option 53: DISCOVER 1, OFFER 2, REQUEST 3, ACK 5; 0 where there is none. */
  type: number;
  xid: number;
  flags: number;
  /** IPv4 addresses as text. */
  ciaddr: string;
  siaddr: string;
  giaddr: string;
  hardware: { type: number; address: Buffer };
  /** The first program, whichever of its two places it stands in. */
  file: string;
  /** By their numbers; those that come in several pieces are put together (RFC 3396). */
  options: ReadonlyMap<number, Buffer>;
}

export const OPTION = { type: 53, server: 54, vendorClass: 60, bootFile: 67, userClass: 77, architecture: 93, uuid: 97 } as const;
export const TYPE = { discover: 1, offer: 2, request: 3, ack: 5 } as const;
/** The client takes answers sent to everybody only. */
export const BROADCAST = 0x80_00;

const COOKIE = 0x63_82_53_63;
const [OPTIONS_AT, FILE_AT, FILE_LENGTH] = [240, 108, 128];
const [PAD, END] = [0, 255];
/** Some firmware takes no shorter one (RFC 951). */
const LEAST_LENGTH = 300;

/** Null for whatever is no whole DHCP message. */
export function readDhcp(bytes: Buffer): DhcpMessage | null {
  if (bytes.length < OPTIONS_AT || bytes.readUInt32BE(236) !== COOKIE) return null;
  const [op, hardwareType, hardwareLength] = bytes.subarray(0, 3);
  if ((op !== 1 && op !== 2) || hardwareType === undefined || hardwareLength === undefined || hardwareLength > 16) return null;
  const options = readOptions(bytes.subarray(OPTIONS_AT));
  if (options === null) return null;
  const named = options.get(OPTION.bootFile)?.toString('latin1') ?? bytes.toString('latin1', FILE_AT, FILE_AT + FILE_LENGTH);
  return {
    fromServer: op === 2,
    type: options.get(OPTION.type)?.[0] ?? 0,
    xid: bytes.readUInt32BE(4),
    flags: bytes.readUInt16BE(10),
    ciaddr: addressAt(bytes, 12),
    siaddr: addressAt(bytes, 20),
    giaddr: addressAt(bytes, 24),
    hardware: { type: hardwareType, address: Buffer.from(bytes.subarray(28, 28 + hardwareLength)) },
    file: named.split('\0')[0] ?? '',
    options,
  };
}

function readOptions(bytes: Buffer): Map<number, Buffer> | null {
  const options = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length;) {
    const code = bytes[at] ?? END;
    if (code === END) return options;
    if (code === PAD) {
      at += 1;
      continue;
    }
    const length = bytes[at + 1];
    if (length === undefined || at + 2 + length > bytes.length) return null;
    const value = bytes.subarray(at + 2, at + 2 + length);
    const before = options.get(code);
    options.set(code, before === undefined ? Buffer.from(value) : Buffer.concat([before, value]));
    at += 2 + length;
  }
  return options;
}

/** The bytes of a message. `file` goes into its field where it fits, else into its option. */
export function writeDhcp(message: Omit<DhcpMessage, 'type'>): Buffer {
  const { hardware, file } = message;
  const head = Buffer.alloc(OPTIONS_AT);
  head[0] = message.fromServer ? 2 : 1;
  head[1] = hardware.type;
  head[2] = hardware.address.length;
  head.writeUInt32BE(message.xid, 4);
  head.writeUInt16BE(message.flags, 10);
  writeAddress(head, 12, message.ciaddr);
  writeAddress(head, 20, message.siaddr);
  writeAddress(head, 24, message.giaddr);
  hardware.address.copy(head, 28);
  const fits = Buffer.byteLength(file, 'latin1') < FILE_LENGTH;
  if (fits) head.write(file, FILE_AT, 'latin1');
  head.writeUInt32BE(COOKIE, 236);
  const options = [...message.options, ...(fits ? [] : [[OPTION.bootFile, Buffer.from(file, 'latin1')] as const])];
  const whole = Buffer.concat([head, ...options.flatMap(([code, value]) => pieces(code, value)), Buffer.from([END])]);
  return whole.length < LEAST_LENGTH ? Buffer.concat([whole, Buffer.alloc(LEAST_LENGTH - whole.length)]) : whole;
}

function pieces(code: number, value: Buffer): Buffer[] {
  const all: Buffer[] = [];
  for (let at = 0; at === 0 || at < value.length; at += 255) {
    const piece = value.subarray(at, at + 255);
    all.push(Buffer.from([code, piece.length]), piece);
  }
  return all;
}

const addressAt = (bytes: Buffer, at: number): string => [...bytes.subarray(at, at + 4)].join('.');

function writeAddress(bytes: Buffer, at: number, address: string): void {
  Buffer.from(address.split('.').map(Number)).copy(bytes, at, 0, 4);
}
