import type { Channel } from '../../src/index.js';
import { seededRandom, type Peer, type Random, type SimulatedBmc } from '../../src/sim/index.js';

export interface LinkFaults {
  readonly loss?: number;
  readonly duplicate?: number;
  /** Datagrams are late by up to this many milliseconds, so they overtake each other. */
  readonly reorderMs?: number;
}

/** A way between client and simulated BMC inside this process, as bad as wanted. */
export class MemoryLink implements Channel {
  readonly host = 'memory';
  readonly port = 0;
  readonly networkErrors = { count: 0, last: undefined };
  /** Sees (and may change or drop) what goes to the client. */
  onAnswer: (datagram: Buffer) => Buffer | undefined = (datagram) => datagram;
  /** Sees (and may change or drop) what goes to the BMC. */
  onQuestion: (datagram: Buffer) => Buffer | undefined = (datagram) => datagram;
  readonly peer: Peer;
  readonly #bmc: SimulatedBmc;
  readonly #faults: LinkFaults;
  readonly #random: Random;
  #listener: (datagram: Buffer) => void = () => undefined;
  #isOpen = true;

  constructor(bmc: SimulatedBmc, faults: LinkFaults = {}, seed = 1) {
    this.#bmc = bmc;
    this.#faults = faults;
    this.#random = seededRandom(seed);
    this.peer = {
      name: `memory-${seed}`,
      address: '127.0.0.1',
      port: 1,
      send: (datagram) => this.#pass(this.onAnswer(datagram), (one) => this.deliver(one)),
    };
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(datagram: Buffer): void {
    this.#pass(this.onQuestion(datagram), (one) => this.#bmc.receive(one, this.peer));
  }

  /** Gives a datagram to the client as if it came from the network. */
  deliver(datagram: Buffer): void {
    if (this.#isOpen) this.#listener(datagram);
  }

  listen(listener: (datagram: Buffer) => void): void {
    this.#listener = listener;
  }

  close(): void {
    this.#isOpen = false;
  }

  #pass(datagram: Buffer | undefined, deliver: (datagram: Buffer) => void): void {
    if (datagram === undefined) return;
    const { loss = 0, duplicate = 0, reorderMs = 0 } = this.#faults;
    if (this.#random() < loss) return;
    for (let copies = this.#random() < duplicate ? 2 : 1; copies > 0; copies -= 1) {
      // A copy of its own, as from a socket.
      const own = Buffer.from(datagram);
      if (reorderMs > 0 && this.#random() < 0.3) setTimeout(() => deliver(own), this.#random() * reorderMs);
      else setImmediate(() => deliver(own));
    }
  }
}
