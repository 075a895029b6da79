import type { Sensor } from '../../../src-shared/model/machine.ts';
import type { SutObserved } from '../../../src-shared/model/sut-state.ts';
import type { Answer } from '../../drivers/capabilities.ts';
import type { Changes } from '../../changes.ts';
import { asWorkbenchError } from '../../errors.ts';
import { notObserved } from '../suts/not-observed.ts';
import { judgeAnswer, movedTo, temperatureOf } from './judge-health.ts';
import { nextPoll } from './next-poll.ts';

interface Machine {
  id: string;
  createdAt: number;
  /** Whether there is any way to it. */
  reached: boolean;
}

export interface HealthServices {
  changes: Changes;
  clock: { now: () => number };
  machines(): Machine[];
  find(id: string): Machine | undefined;
  power(id: string, signal: AbortSignal): Promise<Answer<{ on: boolean }>>;
  sensors(id: string, signal: AbortSignal): Promise<Answer<Sensor[]>>;
}

/** ms between two readings of all sensors when nobody looks at the machine: they cost a BMC more than the question for power. */
const SENSORS_EVERY = 60_000;

interface Watched {
  observed: SutObserved;
  failures: number;
  sensorsAt: number;
  sensors: Sensor[];
  timer: NodeJS.Timeout | undefined;
  asking: boolean;
}

/** Asks every machine now and then, more often when somebody looks. Each has a clock of its own: one that does not answer delays no other. */
export class MachineWatch {
  readonly #services: HealthServices;
  readonly #machines = new Map<string, Watched>();
  readonly #looking = new Map<string, number>();
  readonly #leaving = new AbortController();
  readonly #stop: () => void;
  #lists = 0;

  constructor(services: HealthServices) {
    this.#services = services;
    this.#stop = services.changes.on('suts:changed', ({ ids, removed }) => this.#changed([...ids, ...removed]));
  }

  start(): void {
    for (const { id } of this.#services.machines()) this.#plan(id, Math.random() * 1500);
  }

  observed({ id, createdAt }: { id: string; createdAt: number }): SutObserved {
    return this.#machines.get(id)?.observed ?? notObserved({ createdAt });
  }

  /** Somebody looks at this machine (or, without one, at the list) until the answered function is called. */
  look(id?: string): () => void {
    const count = (by: number) => {
      if (id === undefined) this.#lists += by;
      else this.#looking.set(id, (this.#looking.get(id) ?? 0) + by);
    };
    count(1);
    if (id !== undefined) this.soon(id);
    else for (const known of this.#machines.keys()) this.#plan(known, Math.random() * 2000);
    let looking = true;
    return () => {
      if (looking) count(-1);
      looking = false;
    };
  }

  /** After a command: what it changed is to be seen at once. */
  soon(id: string): void {
    this.#plan(id, 0);
  }

  close(): void {
    this.#stop();
    this.#leaving.abort();
    for (const { timer } of this.#machines.values()) clearTimeout(timer);
  }

  #changed(ids: readonly string[]): void {
    for (const id of ids) {
      const known = this.#machines.get(id);
      if (this.#services.find(id) === undefined) {
        clearTimeout(known?.timer);
        this.#machines.delete(id);
      } else if (known === undefined || known.observed.health.state === 'unknown') this.#plan(id, 0);
    }
  }

  #plan(id: string, inMs: number): void {
    if (this.#leaving.signal.aborted) return;
    const machine = this.#services.find(id);
    if (machine === undefined || !machine.reached) return;
    const known = this.#machines.get(id) ?? fresh(machine.createdAt);
    this.#machines.set(id, known);
    clearTimeout(known.timer);
    known.timer = setTimeout(() => void this.#ask(id, known), inMs).unref();
  }

  async #ask(id: string, known: Watched): Promise<void> {
    if (known.asking) return;
    known.asking = true;
    const { signal } = this.#leaving;
    try {
      const power = await this.#services.power(id, signal);
      const at = this.#services.clock.now();
      if (this.#attention(id) === 'watched' || at - known.sensorsAt >= SENSORS_EVERY) {
        known.sensors = await this.#services.sensors(id, signal).then(
          ({ value }) => value,
          () => [],
        );
        known.sensorsAt = at;
      }
      known.failures = 0;
      const { health } = known.observed;
      known.observed = {
        health: movedTo(health, judgeAnswer(power.attempts, known.sensors), at),
        power: { state: power.value.on ? 'on' : 'off', at },
        seenAt: at,
        provider: power.provider,
        temperature: temperatureOf(known.sensors),
      };
    } catch (thrown) {
      if (signal.aborted) return;
      known.failures += 1;
      const at = this.#services.clock.now();
      const why = asWorkbenchError(thrown).message;
      known.observed = { ...known.observed, health: movedTo(known.observed.health, { state: 'unreachable', why }, at) };
    } finally {
      known.asking = false;
    }
    if (this.#machines.get(id) !== known) return;
    this.#services.changes.emit('suts:observed', { ids: [id] });
    this.#plan(id, nextPoll({ attention: this.#attention(id), failures: known.failures, random: Math.random() }));
  }

  #attention(id: string): 'watched' | 'listed' | 'idle' {
    if ((this.#looking.get(id) ?? 0) > 0) return 'watched';
    return this.#lists > 0 ? 'listed' : 'idle';
  }
}

function fresh(createdAt: number): Watched {
  return { observed: notObserved({ createdAt }), failures: 0, sensorsAt: 0, sensors: [], timer: undefined, asking: false };
}
