import type { DeedOutcome } from '../../../src-shared/contract/run-access.ts';
import { WorkbenchError } from '../../errors.ts';
import { findSutEvent } from '../../store/sut-events.ts';
import { needLeased } from './machines-of-run.ts';
import type { MachineDeed, RunAccessServices, RunEntry } from './run-access-services.ts';

interface Asked {
  sut: string;
  key: string;
  test: string | null;
}

type Services = Pick<RunAccessServices, 'store' | 'machines'>;

/** How a run is called in the history of a machine. */
export const whoIs = (run: Pick<RunEntry, 'name'>): string => `run ${run.name}`.slice(0, 200);

/**
 * Does something to a machine of the run. The same key is the same deed: one that goes on is waited for, one that is over is answered from
 * the history and not done again.
 */
export async function operateForRun(
  services: Services,
  run: RunEntry,
  { asked, deed, what }: { asked: Asked; deed: MachineDeed; what: string },
): Promise<DeedOutcome> {
  const { id, fence } = needLeased(services, run, asked.sut);
  const known = run.underway.get(asked.key);
  if (known !== undefined) {
    await known;
    return { outcome: 'done' };
  }
  const before = findSutEvent(services.store, asked.key);
  if (before !== undefined) return outcomeOf(before, { id, who: whoIs(run) });
  const why = `Run ${run.id}${asked.test === null ? '' : `, test "${asked.test}"`}`;
  const work = services.machines.operate(id, deed, { key: asked.key, fence, runId: run.id, who: whoIs(run), what, why });
  run.underway.set(asked.key, work);
  try {
    await work;
    return { outcome: 'done' };
  } finally {
    run.underway.delete(asked.key);
  }
}

function outcomeOf(
  event: { sutId: string; who: string; outcome: string; message: string | null },
  mine: { id: string; who: string },
): DeedOutcome {
  if (event.sutId !== mine.id || event.who !== mine.who) throw new WorkbenchError('BAD_REQUEST', 'This key belongs to another deed.');
  if (event.outcome === 'done') return { outcome: 'done' };
  if (event.outcome === 'unknown' || event.outcome === 'underway') return { outcome: 'unknown' };
  throw new WorkbenchError('OOBM_REFUSED', event.message ?? 'It was tried before and failed.');
}
