import { useSearchParams } from 'wouter';
import type { RunListRow } from '../../../../src-shared/contract/harness/runs.ts';
import type { RunPages } from '../list/run-pages.ts';

interface Peek {
  /** The row in focus, while the panel is open. */
  readonly peeked: RunListRow | null;
  /** Opens it on the row in focus, or closes it. */
  readonly peek: () => void;
  readonly close: () => void;
}

/** Whether the panel is open stands in the address beside the row in focus: moving on shows the next run in it. */
export function usePeek(pages: RunPages | null): Peek {
  const [search, setSearch] = useSearchParams();
  const open = search.has('peek');
  const at = search.get('at');
  const set = (on: boolean): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (on) next.set('peek', '1');
        else next.delete('peek');
        return next;
      },
      { replace: true },
    );
  return {
    peeked: open ? (pages?.rows.find(({ run }) => run.id === at) ?? null) : null,
    peek: () => set(!open),
    close: () => set(false),
  };
}
