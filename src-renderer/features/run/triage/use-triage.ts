import { useState } from 'react';
import type { IssueTracker, RunTriage, TriageMark } from '../../../../src-shared/model/triage.ts';
import { client, server } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import type { Problem } from '../../../kit/problem.ts';

export interface TriageOfRun {
  readonly triage: RunTriage | null;
  readonly trackers: readonly IssueTracker[];
  readonly problem: Problem | null;
  readonly again: () => void;
  readonly took: (triage: RunTriage) => void;
}

/** A hub knows no trackers: it shows issues as text. */
const NONE: Promise<IssueTracker[]> = Promise.resolve([]);

/** What people and rules say about a run. Rules see a run right after its end, so it is asked again when the run changes. */
export function useTriage(runId: string, turn: unknown): TriageOfRun {
  const asked = useCall((signal) => client.triage.ofRun({ id: runId }, { signal }), [runId, turn]);
  const trackers = useCall((signal) => (server === 'hub' ? NONE : client.triage.trackers(undefined, { signal })), []);
  const [newer, setNewer] = useState<{ over: RunTriage | null; triage: RunTriage } | null>(null);
  const triage = newer !== null && newer.over === asked.data ? newer.triage : asked.data;
  return {
    triage,
    trackers: trackers.data ?? [],
    problem: asked.data === null ? asked.problem : null,
    again: asked.again,
    took: (next) => setNewer({ over: asked.data, triage: next }),
  };
}

export const MARK_WORDS: Readonly<Record<TriageMark['kind'], string>> = { comment: 'Comment', label: 'Label', issue: 'Issue' };
