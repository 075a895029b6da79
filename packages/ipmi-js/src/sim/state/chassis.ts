import { EventEmitter } from 'node:events';
import type { ChassisAction } from '../../commands/chassis/control.js';
import type { BootDevice } from '../../commands/chassis/boot-options.js';

export interface ChassisEvents {
  power: [on: boolean];
  reset: [];
  diag: [];
  /** The operating system is asked to shut down; the simulated one does after `softOffMs`. */
  soft: [];
  identify: [seconds: number | 'indefinite' | 'off'];
}

/** Each counted once it was really executed. */
export type ChassisCounters = Record<ChassisAction, number>;

/** Power, restore policy, identify light and boot options of a simulated machine. */
export class ChassisState extends EventEmitter<ChassisEvents> {
  powerOn: boolean;
  policy: 'always-off' | 'previous' | 'always-on' = 'previous';
  restartCause = 1;
  identifyUntil: number | undefined;
  readonly counters: ChassisCounters = { off: 0, on: 0, cycle: 0, reset: 0, diag: 0, soft: 0 };
  /** Raw bytes of boot option parameters. */
  readonly bootOptions = new Map<number, Buffer>([
    [0, Buffer.from([0])],
    [1, Buffer.from([0])],
    [2, Buffer.from([0])],
    [3, Buffer.from([0])],
    [4, Buffer.from([0, 0])],
    [5, Buffer.from([0, 0, 0, 0, 0])],
    [6, Buffer.alloc(9)],
    [7, Buffer.alloc(18)],
  ]);
  readonly invalidBootOptions = new Set<number>();
  #onSince: number | undefined;
  #minutesOn = 0;
  readonly #cycleMs: number;
  readonly #softOffMs: number;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: { powerOn: boolean; cycleMs: number; softOffMs: number }) {
    super();
    this.powerOn = options.powerOn;
    this.#cycleMs = options.cycleMs;
    this.#softOffMs = options.softOffMs;
    if (options.powerOn) this.#onSince = Date.now();
  }

  /** Minutes under power since the simulation began. */
  get minutesOn(): number {
    return Math.floor(this.#minutesOn + (this.#onSince === undefined ? 0 : (Date.now() - this.#onSince) / 60_000));
  }

  get bootDevice(): BootDevice | number {
    const device = ((this.bootOptions.get(5)?.[1] ?? 0) >> 2) & 0x0f;
    return (['none', 'pxe', 'disk', 'safe', 'diag', 'cdrom', 'bios'] as const)[device] ?? device;
  }

  /** Carries out a chassis control; false when it is not possible in the present state. */
  execute(action: ChassisAction): boolean {
    if (!this.powerOn && action !== 'on' && action !== 'off') return false;
    this.counters[action] += 1;
    this.#effects[action]();
    return true;
  }

  readonly #effects: Readonly<Record<ChassisAction, () => void>> = {
    on: () => this.#switch(true),
    off: () => this.#switch(false),
    cycle: () => {
      this.#switch(false);
      this.#later(this.#cycleMs, () => this.#switch(true));
    },
    reset: () => void this.emit('reset'),
    diag: () => void this.emit('diag'),
    soft: () => {
      this.emit('soft');
      this.#later(this.#softOffMs, () => this.#switch(false));
    },
  };

  /** Lets nothing happen any more. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.removeAllListeners();
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }

  #switch(on: boolean): void {
    if (this.powerOn === on) return;
    this.powerOn = on;
    if (on) this.#onSince = Date.now();
    else if (this.#onSince !== undefined) {
      this.#minutesOn += (Date.now() - this.#onSince) / 60_000;
      this.#onSince = undefined;
    }
    this.emit('power', on);
  }
}
