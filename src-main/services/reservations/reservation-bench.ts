import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReservationRequest } from '../../../src-shared/model/reservation.ts';
import { DEFAULT_POLICY } from '../../../src-shared/model/reservation-decide.ts';
import { Changes } from '../../changes.ts';
import type { WritableStore } from '../../store/handle.ts';
import { openStore } from '../../store/open.ts';
import { saveSut } from '../../store/suts.ts';
import { createReservations, type Reservations } from './create-reservations.ts';
import type { ReservationServices } from './reservation-services.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Reservations on a real store with a clock that the test moves. What outlives a crash is the folder. */
export class ReservationBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'atn-reservations-'));
  readonly time = { now: 1_000_000 };
  readonly deeds: string[] = [];
  readonly told: string[] = [];
  /** SUTs on which a console is open or a command under way. */
  readonly busy = new Set<string>();
  /** How far a provisioning at the end is. */
  provisioned: (key: string) => Promise<{ ended: boolean; problem: string | null }> = () => Promise.resolve({ ended: true, problem: null });
  policy = { ...DEFAULT_POLICY, remindMinutes: 10, ladderMs: 1000 };
  reservations!: Reservations;
  store!: WritableStore;
  #close: () => void = () => undefined;

  constructor(suts: readonly string[], maintainer = 'lab') {
    this.open();
    for (const name of suts) {
      const facts = {
        role: 'sut' as const,
        information: [],
        tags: [name.slice(0, 1)],
        maintainedBy: maintainer,
        parentId: null,
        endpoints: [],
        createdAt: 1,
        changedAt: 1,
      };
      saveSut(this.store, { id: `id-${name}`, name, ...facts });
    }
  }

  /** Opens the store as a harness does at its start. */
  open(): void {
    const opened = openStore({ file: join(this.folder, 'harness.db'), backups: this.folder, now: 1 });
    this.store = opened.write;
    this.store.pragma('synchronous = OFF');
    this.restart();
    this.#close = () => {
      this.reservations.close();
      opened.close();
    };
  }

  /** Another process on the same store; `wrap` may let it die at a statement. */
  restart(wrap: (store: WritableStore) => WritableStore = (store) => store): void {
    const changes = new Changes();
    changes.on('reservation:endsSoon', ({ id }) => this.told.push(id));
    const services: ReservationServices = {
      store: wrap(this.store),
      changes,
      clock: { now: () => this.time.now, doubt: () => null, trust: () => undefined },
      log: quiet,
      policy: () => this.policy,
      deeds: {
        stopRun: (id, why) => this.#done(`stop ${id}: ${why}`),
        isIdle: (sutIds) => !sutIds.some((id) => this.busy.has(id)),
        endUse: (sutIds) => {
          setTimeout(() => sutIds.forEach((id) => this.busy.delete(id)), 20);
          return this.#done(`end use of ${sutIds.join()}`);
        },
        powerOff: (id) => this.#done(`power off ${id}`),
        provision: ({ key, sut, recipe, image }) => {
          this.deeds.push(`provision ${sut} with ${recipe} ${String(image)}`);
          return this.provisioned(key);
        },
        quarantine: (id) => this.#done(`quarantine ${id}`),
      },
    };
    this.reservations = createReservations(services);
  }

  #done(deed: string): Promise<void> {
    this.deeds.push(deed);
    return Promise.resolve();
  }

  close(): void {
    this.#close();
  }

  remove(): void {
    this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  ask(user: string, request: ReservationRequest) {
    return this.reservations.request(ReservationRequest.parse(request), { user, origin: 'rest' });
  }

  at(now: number): void {
    this.time.now = now;
    this.reservations.settle();
  }
}
