import { useRef, useState } from 'react';
import type { Run, RunRequest } from '../../../src-shared/model/run.ts';
import { client } from '../../bridge/client.ts';
import { toProblem, type Problem } from '../../kit/problem.ts';

interface Start {
  readonly start: () => Promise<Run | null>;
  readonly busy: boolean;
  /** What went wrong besides a refusal: its reasons stand in the check. */
  readonly problem: Problem | null;
}

/** Starts what is asked for; a refusal has everything looked at again, so that its reasons stand beside their repairs. */
export function useStart(request: RunRequest, onRefused: () => void): Start {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef<{ readonly said: string; readonly requestKey: string } | null>(null);
  const start = async (): Promise<Run | null> => {
    // The same asked again after a lost answer is the same run; a changed request is another.
    const said = JSON.stringify(request);
    if (asked.current?.said !== said) asked.current = { said, requestKey: crypto.randomUUID() };
    const { requestKey } = asked.current;
    setBusy(true);
    setProblem(null);
    try {
      const run = await client.runs.start({ ...request, requestKey });
      asked.current = null;
      return run;
    } catch (error) {
      const refusal = toProblem(error);
      if (refusal.code === 'PREFLIGHT_FAILED') onRefused();
      else setProblem(refusal);
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { start, busy, problem };
}
