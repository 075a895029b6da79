import type { SutObserved } from '../../../src-shared/model/sut-state.ts';

/** What is known of a machine that was not asked yet. */
export function notObserved({ createdAt }: { createdAt: number }): SutObserved {
  return {
    health: { state: 'unknown', since: createdAt, why: null },
    power: { state: 'unknown', at: createdAt },
    seenAt: null,
    provider: null,
    temperature: null,
  };
}
