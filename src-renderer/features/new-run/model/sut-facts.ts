import type { Sut } from '../../../../src-shared/model/sut.ts';
import type { SystemStatus } from '../../../../src-shared/model/system.ts';
import { formatPerson } from '../../../kit/format.ts';
import type { Obstacle } from './draft.ts';

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

/** Names that are asked for and no longer exist, and machines that somebody else holds. */
export function sutObstacles(names: readonly string[], known: ReadonlyMap<string, Sut>, me: string | null): readonly Obstacle[] {
  return names.flatMap((name): Obstacle[] => {
    const sut = known.get(name);
    if (sut === undefined) return [{ place: 'suts', sut: name, title: `There is no SUT named ${name}`, why: 'It was renamed or removed.' }];
    if (factsOfSut(sut, me).standing !== 'blocked') return [];
    return [{ place: 'suts', sut: name, title: `${name} is reserved by ${sut.reservedBy ?? ''}`, why: 'Ask for it, or choose another.' }];
  });
}

/** What will happen at the start, beginning with the obstacle. */
export function outlookOf(suts: readonly Sut[], status: SystemStatus | null): string {
  if (status?.queuePaused === true) return 'will wait, the queue is paused';
  const taken = suts.find((sut) => sut.role === 'sut' && sut.inUse !== null);
  if (taken?.inUse != null) return `will wait for ${taken.name}, in use by ${taken.inUse.runName}`;
  if (status !== null && status.running >= status.workers) return `will wait for a worker, all ${status.workers} are busy`;
  return 'starts at once';
}
