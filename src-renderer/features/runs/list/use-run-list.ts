import { useCallback, useEffect, useRef, useState } from 'react';
import type { RunFilter, RunList } from '../../../../src-shared/contract/harness/runs.ts';
import { client } from '../../../bridge/client.ts';
import { toProblem, type Problem } from '../../../kit/problem.ts';
import { useLink } from '../../../state/link.ts';
import { onRunsEnded, useRuns } from '../../../state/runs.ts';
import { appendPage, beginPages, endRows, isComplete, nextOffset, refreshPages, type RunPages } from './run-pages.ts';

/** Rows a page, and the most that the harness gives at once. */
const PAGE = 200;
const MOST = 500;
/** Changes of runs come in bursts; the list is asked again at most this often, in milliseconds. */
const PACE = 500;

interface RunListState {
  readonly pages: RunPages | null;
  /** Another number: another list, read from its top. */
  readonly shown: number;
  readonly problem: Problem | null;
  readonly loadMore: () => void;
  /** From the top, with what is new. */
  readonly again: () => void;
}

/** The list for a query (plain values, compared as JSON): loaded page by page, kept true while runs change. */
export function useRunList(query: RunFilter): RunListState {
  const key = JSON.stringify(query);
  const [pages, setPages] = useState<RunPages | null>(null);
  const [shown, setShown] = useState({ key: '', times: 0 });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  const asking = useAsking(setProblem);
  const again = useCallback(() => setTurn((value) => value + 1), []);
  useEffect(() => {
    return asking.begin(async (signal) => {
      const list = await askRuns(JSON.parse(key) as RunFilter, { offset: 0, limit: PAGE }, signal);
      setPages(beginPages(list));
      setShown(({ times }) => ({ key, times: times + 1 }));
    });
  }, [asking, key, turn]);

  // Rows of an old query must not be mixed with those of the present one, whose answer may be late or missing.
  const latest = useRef(pages);
  useEffect(() => {
    latest.current = shown.key === key ? pages : null;
  });
  const loadMore = useCallback(() => {
    const before = latest.current;
    if (before === null || isComplete(before)) return;
    asking.more((signal) =>
      askRuns(JSON.parse(key) as RunFilter, { offset: nextOffset(before), limit: PAGE }, signal).then((list) =>
        setPages((now) => (now === null ? beginPages(list) : appendPage(now, list))),
      ),
    );
  }, [asking, key]);
  const refresh = useCallback(() => {
    const before = latest.current;
    if (before === null) return;
    const limit = Math.min(MOST, before.rows.length + PAGE);
    asking.more((signal) =>
      askRuns(JSON.parse(key) as RunFilter, { offset: 0, limit }, signal).then((list) =>
        setPages((now) => (now === null ? beginPages(list) : refreshPages(now, list))),
      ),
    );
  }, [asking, key]);
  useChanges(refresh);
  useReturn(() => (latest.current === null ? again() : refresh()));
  useEffect(() => onRunsEnded((ended) => setPages((now) => (now === null ? null : endRows(now, ended)))), []);
  return { pages, shown: shown.times, problem, loadMore, again };
}

type Ask = (signal: AbortSignal) => Promise<void>;

interface Asking {
  /** A new list: what was asked for the old one is dropped. Answers what leaves it. */
  readonly begin: (ask: Ask) => () => void;
  readonly more: (ask: Ask) => void;
}

function useAsking(onProblem: (problem: Problem | null) => void): Asking {
  const [asking] = useState<Asking>(() => {
    let leave = new AbortController();
    const perform = (ask: Ask): void => {
      const { signal } = leave;
      ask(signal).then(
        () => signal.aborted || onProblem(null),
        (error: unknown) => signal.aborted || onProblem(toProblem(error)),
      );
    };
    const begin = (ask: Ask): (() => void) => {
      leave.abort();
      const mine = (leave = new AbortController());
      perform(ask);
      return () => mine.abort();
    };
    return { begin, more: perform };
  });
  return asking;
}

/** Calls when any run began, ended, changed after its end or was removed; not more often than the pace. */
function useChanges(listener: () => void): void {
  const settled = useRuns((state) => state.settled);
  const active = useRuns((state) => state.active.size);
  const known = `${settled} ${active}`;
  const seen = useRef(known);
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    if (seen.current === known || waiting.current !== null) return;
    waiting.current = setTimeout(() => {
      waiting.current = null;
      latest.current();
    }, PACE);
    seen.current = known;
  }, [known]);
  useEffect(
    () => () => {
      if (waiting.current !== null) clearTimeout(waiting.current);
      waiting.current = null;
    },
    [],
  );
}

/** Calls when a lost link is back: what happened meanwhile is not known. */
function useReturn(listener: () => void): void {
  const online = useLink((state) => state.link.status === 'online');
  const before = useRef(online);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    if (online && !before.current) latest.current();
    before.current = online;
  }, [online]);
}

/** The harness counts facets without the verdicts, but not without the states: for those under way they are counted apart. */
async function askRuns(query: RunFilter, page: { offset: number; limit: number }, signal: AbortSignal): Promise<RunList> {
  const { states, ...rest } = query;
  const [list, counted] = await Promise.all([
    client.runs.list({ ...query, ...page }, { signal }),
    states === undefined ? null : client.runs.list({ ...rest, limit: 1 }, { signal }),
  ]);
  signal.throwIfAborted();
  return counted === null ? list : { ...list, facets: counted.facets };
}
