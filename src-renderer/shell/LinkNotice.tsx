import { useEffect, useState, type ReactElement } from 'react';
import { Note } from '../kit/States.tsx';
import { formatTime } from '../kit/format.ts';
import { useLink } from '../state/link.ts';
import { useSystem } from '../state/system.ts';

/** A blink of the link is not worth a word, in milliseconds. */
const PATIENCE = 1500;

/** The page stays as it was; a line says since when and what still works. */
export function LinkNotice(): ReactElement | null {
  const link = useLink((state) => state.link);
  const known = useSystem((state) => state.info !== null);
  const since = link.status === 'away' ? link.since : null;
  const patient = useElapsed(since, PATIENCE);
  if (link.status === 'refused') {
    return (
      <div className="sheet-notice">
        <Note tone="warn">
          <span className="strong">This browser has no session.</span>{' '}
          <span className="mid">
            Open the address with the one-time token that the harness printed when it started, or ask for a new one there.
          </span>
        </Note>
      </div>
    );
  }
  if (link.status !== 'away' || !patient) return null;
  return (
    <div className="sheet-notice">
      <Note tone="warn">
        <span className="strong">The harness is away since {formatTime(link.since)}.</span>{' '}
        <span className="mid">
          {known ? 'What you see is the last that was known. Runs go on without this page. ' : ''}It is tried again by itself.
        </span>
      </Note>
    </div>
  );
}

function useElapsed(since: number | null, patience: number): boolean {
  const [elapsed, setElapsed] = useState(false);
  useEffect(() => {
    if (since === null) return;
    const timer = setTimeout(() => setElapsed(true), Math.max(0, since + patience - Date.now()));
    return () => {
      clearTimeout(timer);
      setElapsed(false);
    };
  }, [since, patience]);
  return elapsed;
}
