import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../../../bridge/client.ts';
import { toProblem, type Problem } from '../../../kit/problem.ts';
import { appendPiece, NOTHING, prependPiece, type Stretch } from './console-text.ts';

const PIECE = 262_144;

export interface ConsoleState {
  readonly stretch: Stretch;
  readonly loading: boolean;
  readonly problem: Problem | null;
  /** Fetches what came before; null at the beginning of the file. */
  readonly earlier: (() => void) | null;
}

/** The end of a run's console, growing with the file; earlier parts on request. */
export function useConsole(runId: string, size: number): ConsoleState {
  const [stretch, setStretch] = useState<Stretch>(NOTHING);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [loading, setLoading] = useState(true);
  const busy = useRef(false);
  const held = useRef(stretch);
  const keep = useCallback((next: Stretch) => {
    held.current = next;
    setStretch(next);
  }, []);
  const work = useCallback(async (deed: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    try {
      await deed();
      setProblem(null);
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      busy.current = false;
      setLoading(false);
    }
  }, []);
  useEffect(() => {
    void work(async () => {
      for (let goesOn = true; goesOn;) {
        const { to, text } = held.current;
        const first = text === '' && to === 0;
        const piece = await client.record.console({ id: runId, offset: first ? -PIECE : to, limit: PIECE });
        if (piece.text !== '' || first) keep(appendPiece(held.current, piece));
        goesOn = !first && piece.next < piece.size && piece.text !== '';
      }
    });
  }, [runId, size, work, keep]);
  const earlier = (): void => {
    void work(async () => {
      const { from } = held.current;
      const offset = Math.max(0, from - PIECE);
      const piece = await client.record.console({ id: runId, offset, limit: from - offset });
      keep(prependPiece(held.current, piece));
    });
  };
  return { stretch, loading, problem, earlier: stretch.from > 0 ? earlier : null };
}
