import { useState } from 'react';
import { toProblem, type Problem } from '../../../kit/problem.ts';

export interface Deed {
  /** As a button says it: `Power cycle`. */
  readonly title: string;
  readonly perform: (confirmed: boolean) => Promise<unknown>;
}

export interface Deeds {
  readonly ask: (deed: Deed) => void;
  readonly busy: boolean;
  /** Whom the deed would hurt; it waits for `confirm` or `keep`. */
  readonly waiting: { readonly title: string; readonly hurts: readonly string[] } | null;
  readonly confirm: () => void;
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
  const perform = async (deed: Deed, confirmed: boolean): Promise<void> => {
    setBusy(true);
    setProblem(null);
    setWaiting(null);
    setSaid(null);
    try {
      await deed.perform(confirmed);
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
    ask: (deed) => void perform(deed, false),
    busy,
    waiting: waiting === null ? null : { title: waiting.deed.title, hurts: waiting.hurts },
    confirm: () => {
      if (waiting !== null) void perform(waiting.deed, true);
    },
    keep: () => setWaiting(null),
    problem,
    clear: () => setProblem(null),
    said,
  };
}
