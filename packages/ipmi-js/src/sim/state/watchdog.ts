import type { Value } from '../../wire/codec.js';
import type { setWatchdog } from '../../commands/app/watchdog.js';
import type { ChassisState } from './chassis.js';

export type WatchdogSettings = Value<(typeof setWatchdog)['request']>;

const idle: WatchdogSettings = {
  use: 'sms-os',
  keepRunning: false,
  log: true,
  action: 'none',
  interrupt: 'none',
  preTimeoutSeconds: 0,
  expiredUses: 0,
  initialCountdown: 0,
};

/** The watchdog timer of a simulated BMC: it really bites. */
export class Watchdog {
  settings: WatchdogSettings = idle;
  expiredUses = 0;
  isSet = false;
  #timer: NodeJS.Timeout | undefined;
  #endsAt = 0;
  readonly #chassis: ChassisState;
  readonly #onExpiry: (action: WatchdogSettings['action']) => void;

  constructor(chassis: ChassisState, onExpiry: (action: WatchdogSettings['action']) => void) {
    this.#chassis = chassis;
    this.#onExpiry = onExpiry;
  }

  get running(): boolean {
    return this.#timer !== undefined;
  }

  /** In steps of 100 ms. */
  get presentCountdown(): number {
    return this.running ? Math.max(0, Math.round((this.#endsAt - performance.now()) / 100)) : this.settings.initialCountdown;
  }

  set(settings: WatchdogSettings): void {
    this.expiredUses &= ~settings.expiredUses;
    const wasRunning = this.running;
    this.stop();
    this.settings = settings;
    this.isSet = true;
    if (settings.keepRunning && wasRunning) this.restart();
  }

  restart(): void {
    this.stop();
    const ms = this.settings.initialCountdown * 100;
    this.#endsAt = performance.now() + ms;
    this.#timer = setTimeout(() => this.#expire(), ms);
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #expire(): void {
    this.#timer = undefined;
    const { action, use } = this.settings;
    this.expiredUses |= 1 << (typeof use === 'number' ? use : { 'bios-frb2': 1, 'bios-post': 2, 'os-load': 3, 'sms-os': 4, oem: 5 }[use]);
    if (action === 'hard-reset') this.#chassis.execute('reset');
    if (action === 'power-down') this.#chassis.execute('off');
    if (action === 'power-cycle') this.#chassis.execute('cycle');
    this.#chassis.restartCause = 4;
    this.#onExpiry(action);
  }
}
