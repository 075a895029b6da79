import { useCallback, useEffect, useRef, useState } from 'react';
import { toProblem, type Problem } from '../kit/problem.ts';
import { keeper } from './client.ts';

export interface Call<Data> {
  /** The last good answer; stays while a new one is fetched or fails. */
  readonly data: Data | null;
  readonly problem: Problem | null;
  readonly loading: boolean;
  readonly again: () => void;
}

interface State<Data> {
  readonly data: Data | null;
  readonly problem: Problem | null;
  readonly loading: boolean;
}

/** Asks when mounted, when `deps` (plain values, compared as JSON) change, when told `again`, and when a lost link is back. Late answers to old questions are dropped. */
export function useCall<Data>(ask: (signal: AbortSignal) => Promise<Data>, deps: readonly unknown[]): Call<Data> {
  const [state, setState] = useState<State<Data>>({ data: null, problem: null, loading: true });
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify(deps);
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  const again = useCallback(() => setTurn((value) => value + 1), []);
  useEffect(() => {
    const leave = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    latest.current(leave.signal).then(
      (data) => leave.signal.aborted || setState({ data, problem: null, loading: false }),
      (error: unknown) => leave.signal.aborted || setState((before) => ({ ...before, problem: toProblem(error), loading: false })),
    );
    return () => leave.abort();
  }, [turn, key]);
  useEffect(() => {
    let before = keeper.state.status;
    return keeper.subscribe((link) => {
      if (link.status === 'online' && before !== 'online') again();
      before = link.status;
    });
  }, [again]);
  return { ...state, again };
}

export interface Action<Input extends readonly unknown[], Output> {
  /** Answers null when it failed; the problem is in `problem` then. */
  readonly run: (...input: Input) => Promise<Output | null>;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly clear: () => void;
}

/** A deed behind a button: busy while it goes on, its problem kept until the next try. */
export function useAction<Input extends readonly unknown[], Output>(deed: (...input: Input) => Promise<Output>): Action<Input, Output> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (...input: Input): Promise<Output | null> => {
    setBusy(true);
    setProblem(null);
    try {
      return await deed(...input);
    } catch (error) {
      setProblem(toProblem(error));
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, problem, clear: () => setProblem(null) };
}
