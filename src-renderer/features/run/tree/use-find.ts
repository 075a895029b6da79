import { useEffect, useState } from 'react';
import { client } from '../../../bridge/client.ts';
import { toProblem, type Problem } from '../../../kit/problem.ts';
import { NOT_SEARCHED, searchRecord, type Found } from './search-record.ts';

const QUIET_MS = 150;
const PAGE = 500;
/** Changes of a run that goes on before it is searched again: about a second. */
const CHANGES = 20;

export interface Find extends Found {
  readonly text: string;
  readonly loading: boolean;
  readonly problem: Problem | null;
  readonly more: () => void;
}

interface State {
  readonly found: Found;
  /** What `found` was found for. */
  readonly text: string;
  readonly loading: boolean;
  readonly problem: Problem | null;
}

const NOTHING: State = { found: NOT_SEARCHED, text: '', loading: false, problem: null };

/** What of the record holds the text; asked after the typing pauses, a screenful and more at a time, again while the run goes on. */
export function useFind(runId: string, text: string, version: number): Find {
  const quiet = useQuiet(text);
  const [state, setState] = useState(NOTHING);
  const [wanted, setWanted] = useState(PAGE);
  const [asked, setAsked] = useState(quiet);
  if (asked !== quiet) {
    setAsked(quiet);
    setWanted(PAGE);
    setState({ ...NOTHING, text: quiet, loading: quiet !== '' });
  }
  const turn = quiet === '' ? 0 : Math.floor(version / CHANGES);
  useEffect(() => {
    if (quiet === '') return;
    const leave = new AbortController();
    const { signal } = leave;
    // An earlier answer stays until this one has as much: rows do not come and go.
    const onPart = (found: Found): void =>
      setState((before) =>
        before.text === quiet && before.found.items.length > found.items.length && found.resumeAt !== null
          ? before
          : { found, text: quiet, loading: found.resumeAt !== null && found.items.length < wanted, problem: null },
      );
    const ask = (afterId: number): Promise<Found> => client.record.find({ id: runId, text: quiet, afterId, limit: PAGE }, { signal });
    searchRecord({ ask, from: NOT_SEARCHED, wanted, onPart, signal }).catch((error: unknown) => {
      if (!signal.aborted) setState((before) => ({ ...before, loading: false, problem: toProblem(error) }));
    });
    return () => leave.abort();
  }, [runId, quiet, wanted, turn]);
  const { found, loading, problem } = state;
  return { ...found, text: quiet, loading: loading || quiet !== text, problem, more: () => setWanted(found.items.length + PAGE) };
}

function useQuiet(text: string): string {
  const [quiet, setQuiet] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(text), QUIET_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return quiet;
}
