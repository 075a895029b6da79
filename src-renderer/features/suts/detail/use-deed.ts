import { useState } from 'react';
import { toProblem, type Problem } from '../../../kit/problem.ts';

export interface Deed {
  /** As a button says it: `Power cycle`. */
  readonly title: string;
  /** `reason` is what the person gave as the reason, for the history. */
  readonly perform: (asked: { confirmed: boolean; reason?: string }) => Promise<unknown>;
}

export interface Deeds {
  readonly ask: (deed: Deed) => void;
  readonly busy: boolean;
  /** Whom the deed would hurt; it waits for `confirm` or `keep`. */
  readonly waiting: { readonly title: string; readonly hurts: readonly string[] } | null;
  readonly confirm: (reason: string) => void;
  readonly keep: () => void;
  readonly problem: Problem | null;
  readonly clear: () => void;
  /** Of the last deed that was done. */
  readonly said: string | null;
}

interface Waiting {
  readonly deed: Deed;
  readonly hurts: readonly string[];
}

/** Does what a button says; what would hurt somebody comes back as a question first. */
export function useDeed(): Deeds {
  const [busy, setBusy] = useState(false);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const perform = async (deed: Deed, asked: Parameters<Deed['perform']>[0]): Promise<void> => {
    setBusy(true);
    setProblem(null);
    setWaiting(null);
    setSaid(null);
    try {
      await deed.perform(asked);
      setSaid(`${deed.title}: done.`);
    } catch (error) {
      const found = toProblem(error);
      if (found.code === 'CONFIRM_FIRST') setWaiting({ deed, hurts: found.reasons });
      else setProblem(found);
    } finally {
      setBusy(false);
    }
  };
  return {
    ask: (deed) => void perform(deed, { confirmed: false }),
    busy,
    waiting: waiting === null ? null : { title: waiting.deed.title, hurts: waiting.hurts },
    confirm: (reason) => {
      if (waiting !== null) void perform(waiting.deed, { confirmed: true, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) });
    },
    keep: () => setWaiting(null),
    problem,
    clear: () => setProblem(null),
    said,
  };
}
