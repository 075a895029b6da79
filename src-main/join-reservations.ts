import { DEFAULT_POLICY } from '../src-shared/model/reservation-decide.ts';
import { ProvisioningChoice } from '../src-shared/model/recipe.ts';
import { type ProvisionAtEnd, ReservationRequest, WORKBENCH } from '../src-shared/model/reservation.ts';
import type { ReservationPartServices } from './api/reservations.ts';
import type { Changes } from './changes.ts';
import type { HarnessClock } from './clock.ts';
import { WorkbenchError } from './errors.ts';
import type { Log } from './log.ts';
import { createReservations, type Reservations } from './services/reservations/create-reservations.ts';
import type { SutDeeds } from './services/reservations/reservation-services.ts';
import type { Runs } from './services/runs/create-runs.ts';
import type { RunHolds, RunServices } from './services/runs/run-services.ts';
import type { SutServices } from './services/suts/sut-services.ts';
import type { ReadableStore, WritableStore } from './store/handle.ts';
import { findSutByName } from './store/suts.ts';

/** What a stop takes beyond the two graces of its ladder, ms. */
const LADDER_SPARE_MS = 60_000;

interface Joined {
  store: WritableStore;
  changes: Changes;
  clock: HarnessClock;
  log: Log;
  settings: () => { stopGraceSeconds: number; remindMinutes: number; gapMinutes: number };
  /** Asked only when a hold has ended: by then everything is joined. */
  runs: () => Runs;
  /** Asked only when something is to be done: machines are joined after reservations. */
  deeds: () => Omit<SutDeeds, 'stopRun' | 'provision'>;
}

/** Reservations, and what runs and SUTs need of them. A run that ends may free a SUT for the next who waits. */
export function joinReservations(joined: Joined): {
  reservations: Reservations;
  holds: SutServices['holds'];
  runHolds: RunHolds;
  /** What faces need of it, once runs are joined. */
  forPart: (runs: Pick<RunServices, 'provisioningReasons'>) => Pick<ReservationPartServices, 'reservations' | 'provisionReasons'>;
  close: () => void;
} {
  const { settings, runs, deeds, ...common } = joined;
  const reservations = createReservations({
    ...common,
    policy: () => ({
      ...DEFAULT_POLICY,
      remindMinutes: settings().remindMinutes,
      gapMinutes: settings().gapMinutes,
      ladderMs: settings().stopGraceSeconds * 2000 + LADDER_SPARE_MS,
    }),
    deeds: {
      isIdle: (ids) => deeds().isIdle(ids),
      endUse: (ids, why) => deeds().endUse(ids, why),
      powerOff: (id, why) => deeds().powerOff(id, why),
      quarantine: (id, evidence) => deeds().quarantine(id, evidence),
      stopRun: (id, reason) => stopRun(runs(), id, reason),
      provision: (wish) => provision(runs(), wish),
    },
  });
  const stops = [
    common.changes.on('run:ended', () => reservations.settle()),
    common.changes.on('suts:setAside', () => reservations.settle()),
  ];
  return {
    reservations,
    holds: {
      hold: ({ name }, holder, caller) => {
        const wish = ReservationRequest.parse({ suts: [name], open: true, holder, ifBusy: 'refuse' });
        reservations.request(wish, caller);
      },
      release: (id, caller) => reservations.release(id, caller),
    },
    runHolds: {
      reasons: (wish) => reservations.reasonsAgainst(wish),
      reserve: (wish) => reservations.reserveForRun(wish),
      runEnded: (run, at) => reservations.endHoldsOfRun(run, at),
      keep: (run, until) => reservations.keepHoldsOfRun(run, until),
      settle: () => reservations.tell(),
    },
    forPart: ({ provisioningReasons }) => ({
      reservations,
      provisionReasons: (wish) => provisionReasons({ store: common.store, provisioningReasons }, wish),
    }),
    close: () => {
      for (const stop of stops) stop();
      reservations.close();
    },
  };
}

/** Too late or over already is as good as stopped. */
async function stopRun(runs: Runs, id: string, reason: string): Promise<void> {
  try {
    await runs.stop({ id, reason, now: false }, { user: 'the reservation', origin: 'rest' });
  } catch (error) {
    if (error instanceof WorkbenchError && (error.code === 'CONFLICT' || error.code === 'NOT_FOUND')) return;
    throw error;
  }
}

/** Said when somebody reserves: at the end nobody is there to read it. SUTs that are chosen later are looked at then. */
async function provisionReasons(
  { store, provisioningReasons }: { store: ReadableStore; provisioningReasons: RunServices['provisioningReasons'] },
  { provision, suts }: { provision: ProvisionAtEnd; suts: readonly string[] },
) {
  const choice = ProvisioningChoice.parse({ ...provision, when: 'always' });
  const reasons = await provisioningReasons({ choice, revision: null, suts: suts.flatMap((name) => findSutByName(store, name) ?? []) });
  return reasons.filter(({ code, severity }) => severity === 'error' && code !== 'SUTS_TOO_FEW');
}

/** As a run of its own, by the workbench that holds the machine; one run, however often it is asked. */
async function provision(runs: Runs, { key, sut, recipe, image }: Parameters<SutDeeds['provision']>[0]) {
  const wish = { sut, recipe, image, when: 'always', requestKey: key } as const;
  const { state, verdict, failure } = await runs.provision(wish, { user: WORKBENCH, origin: 'rest' });
  if (state !== 'ended') return { ended: false, problem: null };
  return { ended: true, problem: verdict === 'passed' ? null : (failure?.message ?? 'It was stopped.') };
}
