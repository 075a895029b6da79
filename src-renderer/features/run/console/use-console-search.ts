import { useEffect, useState } from 'react';
import { client } from '../../../bridge/client.ts';
import { toProblem, type Problem } from '../../../kit/problem.ts';
import { searchConsole, UNSEARCHED, type Searched } from './search-console.ts';

const QUIET_MS = 200;

interface State {
  readonly text: string;
  readonly searched: Searched;
  readonly problem: Problem | null;
}

/** Lines of the whole file that hold the text. Searched once for each text: what a run writes later is found by asking again. */
export function useConsoleSearch(runId: string, text: string): State {
  const [state, setState] = useState<State>({ text: '', searched: UNSEARCHED, problem: null });
  useEffect(() => {
    if (text === '') return;
    const leave = new AbortController();
    const { signal } = leave;
    const timer = setTimeout(() => {
      searchConsole({
        read: (offset, limit) => client.record.console({ id: runId, offset, limit }, { signal }),
        text,
        onPart: (searched) => setState({ text, searched, problem: null }),
        signal,
      }).catch((error: unknown) => {
        if (!signal.aborted) setState({ text, searched: UNSEARCHED, problem: toProblem(error) });
      });
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [runId, text]);
  return state.text === text ? state : { text, searched: UNSEARCHED, problem: null };
}
