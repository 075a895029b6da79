import { useCallback, useEffect, useRef, useState } from 'react';
import type { DoctorCheck, DoctorNews } from '../../../src-shared/model/doctor.ts';
import type { Progress } from '../../../src-shared/model/system.ts';
import { client } from '../../bridge/client.ts';
import { toProblem, type Problem } from '../../kit/problem.ts';

export interface Examination {
  /** By number. While looking, those of the last time stay until they are found anew. */
  readonly checks: readonly DoctorCheck[];
  readonly looking: boolean;
  /** Of the check that told of itself last. */
  readonly progress: Progress | null;
  /** Checks that have not answered yet. */
  readonly waiting: number;
  readonly ended: { readonly at: number; readonly tookMs: number } | null;
  readonly problem: Problem | null;
  readonly again: (thorough: boolean) => void;
  readonly cancel: () => void;
  /** A check that was looked at by itself. */
  readonly take: (check: DoctorCheck) => void;
}

type State = Pick<Examination, 'checks' | 'looking' | 'progress' | 'waiting' | 'ended' | 'problem'>;
const NOTHING: State = { checks: [], looking: true, progress: null, waiting: 0, ended: null, problem: null };

/** The doctor looks when the page is opened, and whenever it is asked; a newer look takes the place of one that goes on. */
export function useExamination(): Examination {
  const [state, setState] = useState<State>(NOTHING);
  const current = useRef<AbortController>(null);
  const again = useCallback((thorough: boolean): void => {
    current.current?.abort();
    const mine = new AbortController();
    current.current = mine;
    setState((before) => ({ ...before, looking: true, progress: null, waiting: 0, problem: null }));
    const change = (next: (before: State) => State): void => {
      if (current.current === mine) setState(next);
    };
    look(thorough, mine.signal, change).catch((error: unknown) => {
      const problem = mine.signal.aborted ? null : toProblem(error);
      change((before) => ({ ...before, looking: false, problem }));
    });
  }, []);
  useEffect(() => {
    again(false);
    return () => current.current?.abort();
  }, [again]);
  return {
    ...state,
    again,
    cancel: () => {
      current.current?.abort();
      setState((before) => ({ ...before, looking: false }));
    },
    take: (check) => setState((before) => ({ ...before, checks: merge(before.checks, check) })),
  };
}

async function look(thorough: boolean, signal: AbortSignal, change: (next: (before: State) => State) => void): Promise<void> {
  const began = performance.now();
  for await (const news of await client.system.examine({ thorough }, { signal })) {
    change((before) => apply(before, news));
  }
  change((before) => ({ ...before, looking: false, ended: { at: Date.now(), tookMs: performance.now() - began } }));
}

function apply(before: State, news: DoctorNews): State {
  switch (news.type) {
    case 'begun':
      return { ...before, waiting: news.checks.length };
    case 'looking':
      return { ...before, progress: news.progress };
    case 'found':
      return { ...before, waiting: Math.max(0, before.waiting - 1), checks: merge(before.checks, news.check) };
    case 'done':
      return { ...before, checks: news.checks };
  }
}

function merge(checks: readonly DoctorCheck[], check: DoctorCheck): DoctorCheck[] {
  return [...checks.filter(({ number }) => number !== check.number), check].sort((a, b) => a.number - b.number);
}
