import { useState } from 'react';
import type { Run } from '../../../src-shared/model/run.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { useFeed } from '../../bridge/use-feed.ts';
import type { Problem } from '../../kit/problem.ts';
import { useRuns } from '../../state/runs.ts';

interface Known {
  readonly run: Run | null;
  readonly problem: Problem | null;
  readonly again: () => void;
}

/** One run: live while it goes on, asked again when any ended run changes (a rerun of it ended, it was marked important). */
export function useRun(id: string): Known {
  const settled = useRuns((state) => state.settled);
  const { data, problem, again } = useCall(() => client.runs.get({ id }), [id, settled]);
  const [live, setLive] = useState<Run | null>(null);
  const goesOn = data !== null && data.state !== 'ended';
  useFeed<Run>(
    goesOn ? { open: (signal) => client.runs.follow({ id }, { signal }), apply: (runs) => setLive(runs.at(-1) ?? null), ends: true } : null,
    [id],
  );
  return { run: goesOn && live !== null ? live : data, problem: data === null ? problem : null, again };
}
