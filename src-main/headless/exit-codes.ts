import type { Verdict } from '../../src-shared/model/run-states.ts';

/** What `atn` says to the shell. The values are a contract with scripts: they never change. */
export const EXIT = { passed: 0, failed: 1, error: 2, stopped: 3, wrongUse: 64 } as const;

const BY_VERDICT: Readonly<Record<Verdict, number>> = {
  passed: EXIT.passed,
  failed: EXIT.failed,
  error: EXIT.error,
  lost: EXIT.error,
  stopped: EXIT.stopped,
};

/** A run that has not ended yet has no verdict: leaving it behind is no success. */
export function exitCodeOf(verdict: Verdict | null): number {
  return verdict === null ? EXIT.error : BY_VERDICT[verdict];
}
