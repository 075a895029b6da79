import { pack, unpack } from '../wire/codec.js';
import { CompletionError, type Command } from '../wire/command.js';
import { MalformedError } from '../wire/errors.js';
import { bmcAddress, consoleAddress, packLanMessage, unpackLanMessage } from '../wire/lan-message.js';
import { packLegacy, readLegacy } from '../rmcpplus/legacy-packet.js';
import type { Channel } from './channel.js';
import { exchange, type RetryPolicy } from './retry.js';

let sequence = 0;

/** Sends a command that needs no session, in an unauthenticated IPMI 1.5 packet (IPMI 2.0 13.6.1). */
export async function sendSessionless<Request, Response>(
  link: { channel: Channel; policy: RetryPolicy },
  command: Command<Request, Response>,
  request: Request,
): Promise<Response> {
  sequence = (sequence + 1) & 0x3f;
  const mine = sequence;
  const message = packLanMessage({
    target: bmcAddress,
    netFn: command.netFn,
    targetLun: 0,
    source: consoleAddress,
    sequence: mine,
    sourceLun: 0,
    command: command.code,
    data: pack(command.request, request),
  });
  const datagram = packLegacy({ authType: 0, sequence: 0, sessionId: 0, code: Buffer.alloc(0), message });
  const data = await exchange(link.channel, {
    what: command.name,
    policy: link.policy,
    make: () => datagram,
    match: (answer) => matchAnswer(answer, { netFn: command.netFn, code: command.code, sequence: mine }),
  });
  const completionCode = data[0] ?? 0xff;
  if (completionCode !== 0) throw new CompletionError(completionCode, command);
  return unpack(command.response, data.subarray(1));
}

function matchAnswer(datagram: Buffer, wanted: { netFn: number; code: number; sequence: number }): Buffer | undefined {
  try {
    const packet = readLegacy(datagram);
    const message = unpackLanMessage(packet.message);
    const fits = message.netFn === (wanted.netFn | 1) && message.command === wanted.code && message.sequence === wanted.sequence;
    return fits && packet.sessionId === 0 && message.data.length > 0 ? message.data : undefined;
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}
