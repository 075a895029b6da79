import { useCallback, useEffect, useRef, useState } from 'react';
import type { Preflight } from '../../../../src-shared/model/preflight.ts';
import type { RunRequest } from '../../../../src-shared/model/run.ts';
import { client } from '../../../bridge/client.ts';
import { toProblem, type Problem } from '../../../kit/problem.ts';

export interface Check {
  /** The newest that is known; of an older request while a new one is looked at. */
  readonly preflight: Preflight | null;
  readonly checking: boolean;
  /** The check itself went wrong. */
  readonly problem: Problem | null;
  readonly again: () => void;
}

/** A person who types is not asked after each letter, in milliseconds. */
const PAUSE = 350;

interface State {
  readonly preflight: Preflight | null;
  readonly checking: boolean;
  readonly problem: Problem | null;
}

/**
 * Why can't I run? Asked anew whenever the request or what it depends on (`around`, plain values) changes; null asks nothing. What was
 * looked at for the request before is left at once.
 */
export function usePreflight(request: RunRequest | null, around: unknown = null): Check {
  const [state, setState] = useState<State>({ preflight: null, checking: false, problem: null });
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify([request, around]);
  const latest = useRef(request);
  useEffect(() => {
    latest.current = request;
  });
  const again = useCallback(() => setTurn((value) => value + 1), []);
  useEffect(() => {
    const leave = new AbortController();
    const begin = setTimeout(() => void look(latest.current, leave.signal, setState), PAUSE);
    setState((before) => ({ ...before, checking: latest.current !== null }));
    return () => {
      clearTimeout(begin);
      leave.abort();
    };
  }, [key, turn]);
  return { ...state, again };
}

type Tell = (change: (before: State) => State) => void;

async function look(request: RunRequest | null, signal: AbortSignal, tell: Tell): Promise<void> {
  if (request === null) return;
  try {
    for await (const preflight of await client.preflight.check(request, { signal })) {
      if (signal.aborted) return;
      tell(() => ({ preflight, checking: preflight.pending.length > 0, problem: null }));
    }
    if (!signal.aborted) tell((before) => ({ ...before, checking: false }));
  } catch (error) {
    if (!signal.aborted) tell((before) => ({ ...before, checking: false, problem: toProblem(error) }));
  }
}
