import type { RunList, RunListRow } from '../../../../src-shared/contract/harness/runs.ts';
import type { RunSummary } from '../../../../src-shared/model/run.ts';

/** The part of the list that is loaded, newest first, and what the whole of it holds. */
export interface RunPages {
  readonly rows: readonly RunListRow[];
  readonly total: number;
  readonly all: number;
  readonly facets: Readonly<Record<string, number>>;
  readonly tookMs: number;
  /** Match too and would stand among the rows: shown on request, because rows do not move by themselves. */
  readonly fresh: number;
  /** Ended while they were shown; they stay even where the filter no longer means them. */
  readonly kept: ReadonlySet<string>;
}

export function beginPages({ rows, total, all, facets, tookMs }: RunList): RunPages {
  return { rows, total, all, facets, tookMs, fresh: 0, kept: new Set() };
}

/** Where the next page begins. New rows above shift it, so pages overlap a little; nothing is left out. */
export function nextOffset({ rows, kept }: RunPages): number {
  return Math.max(0, rows.length - kept.size);
}

export function isComplete(pages: RunPages): boolean {
  return nextOffset(pages) + pages.fresh >= pages.total;
}

export function appendPage(before: RunPages, { rows, total, all, facets }: RunList): RunPages {
  const known = new Set(before.rows.map(({ run }) => run.id));
  return { ...before, rows: [...before.rows, ...rows.filter(({ run }) => !known.has(run.id))], total, all, facets };
}

/** The top of the list again, at least as far as it was shown to a person: rows change in place, removed ones go, new ones are counted. */
export function refreshPages(before: RunPages, list: RunList): RunPages {
  if (before.rows.length === 0) return beginPages(list);
  const answered = new Map(list.rows.map((row) => [row.run.id, row]));
  const last = list.rows.length < list.total ? list.rows.at(-1) : undefined;
  const rows = before.rows.flatMap((row): readonly RunListRow[] => {
    const now = answered.get(row.run.id);
    if (now !== undefined) return [sameRow(row, now) ? row : now];
    const beyond = last !== undefined && row.run.createdAt <= last.run.createdAt;
    return beyond || row.run.state !== 'ended' || before.kept.has(row.run.id) ? [row] : [];
  });
  const known = new Set(before.rows.map(({ run }) => run.id));
  const oldest = isComplete(before) ? undefined : before.rows.at(-1);
  const fresh = list.rows.filter(({ run }) => !known.has(run.id) && (oldest === undefined || run.createdAt >= oldest.run.createdAt)).length;
  const { total, all, facets } = list;
  const kept = new Set([...before.kept].filter((id) => !answered.has(id)));
  return { ...before, rows, total, all, facets, fresh, kept };
}

/** Runs that ended now: their rows say so at once, before the list is asked again. */
export function endRows(before: RunPages, ended: readonly RunSummary[]): RunPages {
  const byId = new Map(ended.map((run) => [run.id, run]));
  const shown = before.rows.filter(({ run }) => byId.has(run.id)).map(({ run }) => run.id);
  if (shown.length === 0) return before;
  const rows = before.rows.map((row): RunListRow => {
    const run = byId.get(row.run.id);
    return run === undefined ? row : { run, strip: [...row.strip.slice(0, -1), run.verdict ?? 'error'] };
  });
  return { ...before, rows, kept: new Set([...before.kept, ...shown]) };
}

function sameRow(before: RunListRow, now: RunListRow): boolean {
  return JSON.stringify(before) === JSON.stringify(now);
}
