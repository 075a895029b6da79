import { seededRandom, type Random } from './random.js';

/** What goes wrong on purpose; chances are 0 to 1 for each datagram. */
export interface FaultSettings {
  /** Chance that a datagram is lost, each way. */
  readonly loss: number;
  /** Chance that a datagram comes twice, each way. */
  readonly duplicate: number;
  /** Every answer is this late, milliseconds. */
  readonly delayMs: number;
  /** Up to this much more, at random: answers overtake each other. */
  readonly jitterMs: number;
  /** Chance that the last byte of an answer of a session is wrong, so its authentication code is. */
  readonly wrongHmac: number;
  /** Chance that a command is answered "busy" (C0h) and not executed. */
  readonly busy: number;
  /** New sessions are refused as if all slots were taken. */
  readonly sessionTableFull: boolean;
  /** Nothing is answered at all. */
  readonly dead: boolean;
}

const none: FaultSettings = {
  loss: 0,
  duplicate: 0,
  delayMs: 0,
  jitterMs: 0,
  wrongHmac: 0,
  busy: 0,
  sessionTableFull: false,
  dead: false,
};

/** The faults of one simulated BMC; can be changed while it runs. */
export class Faults {
  #settings: FaultSettings;
  readonly #random: Random;

  constructor(settings: Partial<FaultSettings> = {}, seed = 1) {
    this.#settings = { ...none, ...settings };
    this.#random = seededRandom(seed);
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  /** Changes the named faults, keeps the others. */
  set(settings: Partial<FaultSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  clear(): void {
    this.#settings = none;
  }

  isBusy(): boolean {
    return this.#happens(this.#settings.busy);
  }

  /** How often an incoming datagram is to be handled: 0, 1 or 2 times. */
  arrivals(): number {
    const { dead, loss, duplicate } = this.#settings;
    if (dead || this.#happens(loss)) return 0;
    return this.#happens(duplicate) ? 2 : 1;
  }

  /** Lets an outgoing datagram through `send` as often, as late and as whole as the settings want. */
  deliver(datagram: Buffer, isOfSession: boolean, send: (datagram: Buffer) => void): void {
    const { delayMs, jitterMs, wrongHmac } = this.#settings;
    const out = isOfSession && this.#happens(wrongHmac) ? spoiled(datagram) : datagram;
    for (let copies = this.arrivals(); copies > 0; copies -= 1) {
      const late = delayMs + (jitterMs === 0 ? 0 : this.#random() * jitterMs);
      if (late === 0) send(out);
      else setTimeout(() => send(out), late).unref();
    }
  }

  #happens(chance: number): boolean {
    return chance > 0 && this.#random() < chance;
  }
}

function spoiled(datagram: Buffer): Buffer {
  const out = Buffer.from(datagram);
  const last = out.length - 1;
  out[last] = (out[last] ?? 0) ^ 0x01;
  return out;
}
