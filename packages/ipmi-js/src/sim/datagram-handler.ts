import { activateSession } from '../commands/app/session.js';
import { readLegacy, packLegacy, type LegacyPacket } from '../rmcpplus/legacy-packet.js';
import { packPlain, payloadType, readPacket, rmcpPlusAuthType } from '../rmcpplus/packet.js';
import { packPong, unpackPing } from '../wire/asf.js';
import { completion } from '../wire/completion-codes.js';
import { MalformedError } from '../wire/errors.js';
import { packLanMessage, unpackLanMessage, type LanMessage } from '../wire/lan-message.js';
import { readRmcpClass, rmcpClass } from '../wire/rmcp.js';
import { sendInSession } from './create-state.js';
import type { HandlerTable } from './handler-table.js';
import type { HandshakeResponder } from './handshake-responder.js';
import type { Peer, SimSession } from './session-table.js';
import type { BmcState } from './state/index.js';

interface Parts {
  readonly state: BmcState;
  readonly handshakes: HandshakeResponder;
  readonly commands: HandlerTable;
}

/** Data of an answer back to who asked. */
function answerTo(question: LanMessage, data: Buffer): Buffer {
  return packLanMessage({
    target: question.source,
    netFn: question.netFn | 1,
    targetLun: question.sourceLun,
    source: question.target,
    sequence: question.sequence,
    sourceLun: question.targetLun,
    command: question.command,
    data,
  });
}

/** Sorts incoming datagrams: presence ping, handshake, session. What cannot be understood or verified is dropped and counted. */
export class DatagramHandler {
  readonly #parts: Parts;
  readonly counters = { dropped: 0, duplicates: 0 };

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  receive(datagram: Buffer, peer: Peer): void {
    try {
      const messageClass = readRmcpClass(datagram);
      if (messageClass === rmcpClass.asf) return this.#pong(datagram, peer);
      if (messageClass !== rmcpClass.ipmi) return void (this.counters.dropped += 1);
      if (datagram[4] === rmcpPlusAuthType) this.#plus(datagram, peer);
      else this.#legacy(datagram, peer);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.counters.dropped += 1;
    }
  }

  #send(peer: Peer, datagram: Buffer): void {
    this.#parts.state.faults.deliver(datagram, false, (out) => peer.send(out));
  }

  #pong(datagram: Buffer, peer: Peer): void {
    const tag = unpackPing(datagram);
    this.#send(peer, packPong({ tag, enterprise: 4542, oem: 0, supportsIpmi: true, asfVersion: 1, supportsSecurityExtensions: false }));
  }

  #plus(datagram: Buffer, peer: Peer): void {
    const packet = readPacket(datagram);
    if (packet.sessionId !== 0) return this.#inSession(datagram, packet.sessionId, peer);
    if (packet.encrypted || packet.authenticated) throw new MalformedError('protected packet outside a session');
    if (packet.payloadType === payloadType.ipmi) {
      const answer = this.#outside(packet.payload);
      return this.#send(peer, packPlain(payloadType.ipmi, answer));
    }
    const reply = this.#parts.handshakes.reply(packet.payloadType, packet.payload, peer);
    if (reply !== undefined) this.#send(peer, packPlain(reply.type, reply.payload));
  }

  #legacy(datagram: Buffer, peer: Peer): void {
    const packet = readLegacy(datagram);
    if (packet.sessionId === 0) {
      if (packet.authType !== 0) throw new MalformedError('authenticated packet outside a session');
      const message = this.#outside(packet.message);
      return this.#send(peer, packLegacy({ authType: 0, sequence: 0, sessionId: 0, code: Buffer.alloc(0), message }));
    }
    if (this.#parts.state.sessions.find(packet.sessionId) !== undefined) return this.#inSession(datagram, packet.sessionId, peer);
    this.#activate(packet, peer);
  }

  #activate(packet: LegacyPacket, peer: Peer): void {
    const question = unpackLanMessage(packet.message);
    if (question.command !== activateSession.code || question.netFn !== activateSession.netFn)
      throw new MalformedError('packet of an unknown session');
    const activated = this.#parts.state.legacy.activate(packet, question.data, peer);
    if (activated !== undefined) this.#send(peer, activated.seal(answerTo(question, activated.answer)));
  }

  #outside(message: Buffer): Buffer {
    const question = unpackLanMessage(message);
    return answerTo(question, this.#parts.commands.answer(question, { session: undefined, privilege: 0, lun: question.targetLun }));
  }

  #inSession(datagram: Buffer, id: number, peer: Peer): void {
    const { state } = this.#parts;
    const session = state.sessions.find(id);
    if (session === undefined) throw new MalformedError('packet of an unknown session');
    const opened = session.envelope.open(datagram);
    if (opened === undefined) return void (this.counters.duplicates += 1);
    session.lastHeard = performance.now();
    session.peer = peer;
    if (opened.payloadType === payloadType.sol) return state.sol.receive(session, opened);
    if (opened.payloadType !== payloadType.ipmi) throw new MalformedError('unknown payload type');
    sendInSession(state.faults, session, { type: payloadType.ipmi, payload: this.#answer(session, opened.payload) });
  }

  /** A message that was answered a short while ago gets the same answer and is not executed again. */
  #answer(session: SimSession, message: Buffer): Buffer {
    const known = session.recall(message);
    if (known !== undefined) return known;
    const question = unpackLanMessage(message);
    if (this.#parts.state.faults.isBusy()) return answerTo(question, Buffer.from([completion.busy]));
    const caller = { session, privilege: session.privilege, lun: question.targetLun };
    const answer = answerTo(question, this.#parts.commands.answer(question, caller));
    session.remember(message, answer);
    return answer;
  }
}
