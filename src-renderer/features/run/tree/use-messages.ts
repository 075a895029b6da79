import { useCallback, useEffect, useRef, useState } from 'react';
import type { RecordMessage } from '../../../../src-shared/model/record.ts';
import { client } from '../../../bridge/client.ts';
import { toProblem, type Problem } from '../../../kit/problem.ts';

const PAGE = 500;

export interface MessagesOf {
  /** Null until the first answer. */
  readonly messages: readonly RecordMessage[] | null;
  readonly more: boolean;
  readonly problem: Problem | null;
  readonly loadMore: () => void;
}

interface State {
  readonly messages: readonly RecordMessage[] | null;
  readonly more: boolean;
  readonly problem: Problem | null;
}

const NOTHING: State = { messages: null, more: false, problem: null };

/**
 * The messages of one row, a page at a time; what is there is never asked again. `version` changes while the row runs and once more at its end:
 * then what came behind is asked for. The caller gives each row a component of its own.
 */
export function useMessages(runId: string, itemId: number, version: number | string): MessagesOf {
  const [state, setState] = useState(NOTHING);
  const held = useRef(NOTHING);
  const busy = useRef<Promise<void>>(Promise.resolve());
  const left = useRef(false);
  const load = useCallback(async () => {
    const before = held.current.messages ?? [];
    try {
      const page = await client.record.messages({ id: runId, item: itemId, afterId: before.at(-1)?.id ?? 0, limit: PAGE });
      // An answer without news must not paint: a running row is asked many times a second.
      if (page.messages.length === 0 && held.current.messages !== null && page.more === held.current.more) return;
      held.current = { messages: [...before, ...page.messages], more: page.more, problem: null };
    } catch (error) {
      held.current = { ...held.current, problem: toProblem(error) };
    }
    if (!left.current) setState(held.current);
  }, [runId, itemId]);
  // One question at a time, so that no page comes twice.
  const loadMore = useCallback(() => {
    busy.current = busy.current.then(load);
  }, [load]);
  useEffect(() => {
    left.current = false;
    // With more to come than is shown, the reader asks; without, what is new follows by itself.
    if (!held.current.more) loadMore();
    return () => {
      left.current = true;
    };
  }, [loadMore, version]);
  return { ...state, loadMore };
}
