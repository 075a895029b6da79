import { RetransmitTimer, type RetransmitLimits } from './retransmit-timer.js';
import { isBefore } from './sequence-window.js';
import { packSol, solStatus, unpackSol, type SolPacket } from './sol-packet.js';

export interface SolLinkSettings {
  /** Most characters in one packet, at most 255. */
  readonly maxCharacters: number;
  readonly limits: RetransmitLimits;
  /** How long to wait after the other side took nothing, milliseconds. */
  readonly pauseMs: number;
  transmit(payload: Buffer): void;
  /** Characters that came in; answers how many were taken. */
  accept(data: Buffer): number;
  /** Flag bits of every new packet that came in. */
  flags?(bits: number): void;
  /** Everything written so far was acknowledged. */
  drained?(): void;
  /** The other side did not acknowledge within all tries. */
  lost(): void;
}

interface Pending {
  readonly sequence: number;
  readonly data: Buffer;
  readonly flags: number;
}

const nackBit = solStatus.nack;

/**
 * The packet exchange of Serial over LAN, the same for console and BMC (IPMI 2.0 15.9 to 15.11): one packet at a time is on
 * its way, numbered 1 to 15, repeated until acknowledged; the other side may take only some of its characters.
 */
export class SolLink {
  readonly #settings: SolLinkSettings;
  readonly #timer: RetransmitTimer;
  readonly #queue: Buffer[] = [];
  #queued = 0;
  readonly #controls: number[] = [];
  #pending: Pending | undefined;
  #sequence = 0;
  #lastReceived = 0;
  #lastTaken = 0;
  /** Numbers in the session of the packets that brought the newest characters and the newest acknowledgement. */
  #newestData: number | undefined;
  #newestAcknowledgement: number | undefined;
  #paused = false;
  #pauseTimer: NodeJS.Timeout | undefined;
  #standing = 0;
  #stopped = false;

  constructor(settings: SolLinkSettings) {
    this.#settings = settings;
    this.#timer = new RetransmitTimer(settings.limits);
  }

  /** Bytes written and not yet acknowledged. */
  get backlog(): number {
    return this.#queued + (this.#pending?.data.length ?? 0);
  }

  write(data: Buffer): void {
    if (data.length === 0) return;
    this.#queue.push(data);
    this.#queued += data.length;
    this.#next();
  }

  /** Sends flag bits in a packet of their own, acknowledged like data. */
  control(flags: number): void {
    this.#controls.push(flags);
    this.#next();
  }

  /** Flag bits that every packet carries from now on; the other side is told at once. */
  stand(flags: number): void {
    this.#standing = flags;
    this.control(0);
  }

  /** Holds outgoing characters back (the other side asked for it) or lets them go on. */
  hold(paused: boolean): void {
    this.#paused = paused;
    if (!paused) this.#next();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer.stop();
    clearTimeout(this.#pauseTimer);
  }

  /**
   * A payload from the other side and the number of its packet in the session; throws MalformedError when it is too short. A repetition that
   * was overtaken by later packets has a number of 1 to 15 that may look new: only the session tells that it is old.
   */
  receive(payload: Buffer, order: number): void {
    if (this.#stopped) return;
    const packet = unpackSol(payload);
    if (packet.sequence !== 0 && packet.sequence !== this.#lastReceived && isOld(order, this.#newestData)) return;
    if (packet.sequence !== 0 && packet.sequence !== this.#lastReceived) this.#settings.flags?.(packet.flags);
    else if (packet.sequence === 0) this.#settings.flags?.(packet.flags & ~nackBit);
    if (packet.acknowledged !== 0 && !isOld(order, this.#newestAcknowledgement)) this.#acknowledged(packet, order);
    if (packet.sequence !== 0) this.#take(packet, order);
  }

  #take(packet: SolPacket, order: number): void {
    const isAgain = packet.sequence === this.#lastReceived;
    if (!isAgain) this.#newestData = order;
    // A repeated packet may have grown: only the characters not taken yet are new.
    const fresh = isAgain ? packet.data.subarray(this.#lastTaken) : packet.data;
    const taken = fresh.length === 0 ? 0 : this.#settings.accept(fresh);
    this.#lastReceived = packet.sequence;
    this.#lastTaken = (isAgain ? this.#lastTaken : 0) + taken;
    const refused = packet.data.length > 0 && this.#lastTaken === 0;
    const flags = this.#standing | (refused ? nackBit | solStatus.unavailable : 0);
    this.#settings.transmit(
      packSol({ sequence: 0, acknowledged: packet.sequence, accepted: this.#lastTaken, flags, data: Buffer.alloc(0) }),
    );
    // A packet nobody took anything of comes again under the same number: it must not pass for a repetition.
    if (refused) this.#lastReceived = 0;
  }

  #acknowledged(packet: SolPacket, order: number): void {
    const pending = this.#pending;
    if (pending === undefined || packet.acknowledged !== pending.sequence) return;
    this.#newestAcknowledgement = order;
    this.#timer.answered();
    this.#pending = undefined;
    const taken = Math.min(packet.accepted, pending.data.length);
    const left = pending.data.subarray(taken);
    if (left.length > 0) {
      this.#queue.unshift(left);
      this.#queued += left.length;
    }
    if (taken === 0 && pending.data.length > 0) {
      clearTimeout(this.#pauseTimer);
      this.#pauseTimer = setTimeout(() => this.#next(), this.#settings.pauseMs);
      return;
    }
    this.#next();
    if (this.backlog === 0) this.#settings.drained?.();
  }

  #next(): void {
    if (this.#stopped || this.#pending !== undefined) return;
    const flags = this.#controls.shift();
    if (flags === undefined && (this.#paused || this.#queued === 0)) return;
    this.#sequence = (this.#sequence % 15) + 1;
    this.#pending = { sequence: this.#sequence, data: flags === undefined ? this.#cut() : Buffer.alloc(0), flags: flags ?? 0 };
    this.#transmit();
  }

  #cut(): Buffer {
    const parts: Buffer[] = [];
    let room = this.#settings.maxCharacters;
    while (room > 0) {
      const first = this.#queue.shift();
      if (first === undefined) break;
      parts.push(first.subarray(0, room));
      if (first.length > room) this.#queue.unshift(first.subarray(room));
      room -= Math.min(room, first.length);
    }
    const data = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
    this.#queued -= data.length;
    return data;
  }

  #transmit(): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#settings.transmit(
      packSol({ sequence: pending.sequence, acknowledged: 0, accepted: 0, flags: pending.flags | this.#standing, data: pending.data }),
    );
    this.#timer.start((mayRetry) => {
      if (mayRetry) return this.#transmit();
      this.stop();
      this.#settings.lost();
    });
  }
}

function isOld(order: number, newest: number | undefined): boolean {
  return newest !== undefined && isBefore(order, newest);
}
