import type { Sut } from '../../../../src-shared/model/sut.ts';
import type { SystemStatus } from '../../../../src-shared/model/system.ts';
import { formatPerson } from '../../../kit/format.ts';

/** `blocked`: a run for the reader is refused; `waits`: it is taken, and waits in the queue. */
export interface SutFacts {
  readonly text: string;
  readonly standing: 'free' | 'waits' | 'blocked';
}

/** The test environment is shared: a run neither waits for it nor reserves it. */
export function factsOfSut(sut: Sut, me: string | null): SutFacts {
  if (sut.role === 'environment') return { text: 'shared', standing: 'free' };
  if (sut.reservedBy !== null && sut.reservedBy !== me)
    return { text: `reserved by ${formatPerson(sut.reservedBy, me)}`, standing: 'blocked' };
  if (sut.inUse !== null) return { text: `in use by ${sut.inUse.runName}`, standing: 'waits' };
  return { text: sut.reservedBy === null ? 'free' : 'yours', standing: 'free' };
}

/** The machines that the run reserves by itself, for as long as it works on them. */
export function reservedByRun(suts: readonly Sut[]): Sut[] {
  return suts.filter(({ role, reservedBy }) => role === 'sut' && reservedBy === null);
}

/** What will happen at the start, beginning with the obstacle. */
export function outlookOf(suts: readonly Sut[], status: SystemStatus | null): string {
  if (status?.queuePaused === true) return 'will wait, the queue is paused';
  const taken = suts.find((sut) => sut.role === 'sut' && sut.inUse !== null);
  if (taken?.inUse != null) return `will wait for ${taken.name}, in use by ${taken.inUse.runName}`;
  if (status !== null && status.running >= status.workers) return `will wait for a worker, all ${status.workers} are busy`;
  return 'starts at once';
}
