import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../../../bridge/client.ts';
import { toProblem, type Problem } from '../../../kit/problem.ts';
import { append, beginOf, endOf, NOTHING, PIECE, prepend, type Piece, type Stretch } from './stretch.ts';

export interface ConsoleState {
  readonly stretch: Stretch;
  /** Grows with each `goTo`: what is held then has nothing to do with what was. */
  readonly turn: number;
  readonly loading: boolean;
  readonly problem: Problem | null;
  /** What came before what is held, and behind it; nothing where there is no more. */
  readonly earlier: () => void;
  readonly later: () => void;
  /** Leaves what is held and goes to this byte; `end` follows the file from then on. */
  readonly goTo: (offset: number | 'end') => void;
}

type Read = (offset: number, limit: number) => Promise<Piece>;

/** A part of a run's console, at first its end, which grows with the file for a reader who is there. */
export function useConsole(runId: string, size: number): ConsoleState {
  const [stretch, setStretch] = useState<Stretch>(NOTHING);
  const [turn, setTurn] = useState(0);
  const { work, loading, problem } = useWork();
  const held = useRef(NOTHING);
  const following = useRef(true);
  const keep = useCallback((next: Stretch) => {
    held.current = next;
    setStretch(next);
  }, []);
  const read: Read = useCallback((offset, limit) => client.record.console({ id: runId, offset, limit }), [runId]);
  useEffect(() => {
    work(async () => {
      const next = following.current ? await readToEnd(held.current, read) : { ...held.current, size };
      if (next !== held.current) keep(next);
    });
  }, [size, work, keep, read]);
  const earlier = useCallback(() => {
    work(async () => {
      const begin = beginOf(held.current);
      const offset = Math.max(0, begin - PIECE);
      if (offset === begin) return;
      keep(prepend(held.current, await read(offset, begin - offset)));
      following.current &&= endOf(held.current) >= held.current.size;
    });
  }, [work, keep, read]);
  const later = useCallback(() => {
    work(async () => {
      const end = endOf(held.current);
      if (end >= held.current.size) return;
      keep(append(held.current, await read(end, PIECE)));
      following.current = endOf(held.current) >= held.current.size;
    });
  }, [work, keep, read]);
  const goTo = useCallback(
    (offset: number | 'end') => {
      work(async () => {
        const piece = await read(offset === 'end' ? -PIECE : offset, PIECE);
        following.current = piece.next >= piece.size;
        keep(append(NOTHING, piece));
        setTurn((value) => value + 1);
      }, true);
    },
    [work, keep, read],
  );
  return { stretch, turn, loading, problem, earlier, later, goTo };
}

/** One deed after the other; more than two waiting would only ask the same again. */
function useWork() {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [loading, setLoading] = useState(true);
  const busy = useRef<Promise<void>>(Promise.resolve());
  const waiting = useRef(0);
  const work = useCallback((deed: () => Promise<void>, must = false) => {
    if (waiting.current > 1 && !must) return;
    waiting.current += 1;
    busy.current = busy.current
      .then(deed)
      .then(() => setProblem(null))
      .catch((error: unknown) => setProblem(toProblem(error)))
      .finally(() => {
        waiting.current -= 1;
        setLoading(false);
      });
  }, []);
  return { work, loading, problem };
}

async function readToEnd(held: Stretch, read: Read): Promise<Stretch> {
  let next = held;
  if (next.pieces.length === 0) return append(next, await read(-PIECE, PIECE));
  for (;;) {
    const piece = await read(endOf(next), PIECE);
    if (piece.text === '') return next;
    next = append(next, piece);
    if (piece.next >= piece.size) return next;
  }
}
