import { describe, expect, it } from 'vitest';
import type { RunList, RunListRow } from '../../../../src-shared/contract/harness/runs.ts';
import type { RunSummary } from '../../../../src-shared/model/run.ts';
import { appendPage, beginPages, endRows, isComplete, nextOffset, refreshPages } from './run-pages.ts';

const row = (id: number, change: Partial<RunSummary> = {}): RunListRow => ({
  run: { id: `r${id}`, createdAt: id, state: 'ended', verdict: 'passed', ...change } as RunSummary,
  strip: ['failed', 'running'],
});
const list = (rows: RunListRow[], total = rows.length): RunList => ({ rows, total, all: total, facets: { passed: total }, tookMs: 1 });
const ids = ({ rows }: { rows: readonly RunListRow[] }): string[] => rows.map(({ run }) => run.id);

describe('pages', () => {
  it('go on where they ended, and count no row twice when new runs shifted them', () => {
    const first = beginPages(list([row(9), row(8), row(7)], 6));
    expect([nextOffset(first), isComplete(first)]).toEqual([3, false]);
    const second = appendPage(first, list([row(7), row(6), row(5)], 7));
    expect(ids(second)).toEqual(['r9', 'r8', 'r7', 'r6', 'r5']);
  });
});

describe('the top of the list, asked again', () => {
  const before = beginPages(list([row(9), row(8), row(7)], 5));

  it('changes rows in place and counts what is new', () => {
    const after = refreshPages(before, list([row(11), row(10), row(9, { important: true }), row(8), row(7)], 7));
    expect(ids(after)).toEqual(['r9', 'r8', 'r7']);
    expect([after.fresh, after.total, after.rows[0]?.run.important]).toEqual([2, 7, true]);
  });

  it('keeps the very same row where nothing changed, so that it does not render', () => {
    const after = refreshPages(before, list([row(9), row(8), row(7)], 5));
    expect(after.rows[1]).toBe(before.rows[1]);
  });

  it('drops what was removed, but nothing that the answer does not reach', () => {
    expect(ids(refreshPages(before, list([row(9), row(7)], 5)))).toEqual(['r9', 'r7']);
    expect(ids(refreshPages(before, list([row(10), row(9)], 5)))).toEqual(['r9', 'r8', 'r7']);
  });

  it('counts a run as new that only now matches, in the middle', () => {
    expect(refreshPages(before, list([row(9), row(8.5), row(8), row(7)], 6)).fresh).toBe(1);
  });

  it('does not count what stands below the loaded part', () => {
    expect(refreshPages(before, list([row(9), row(8), row(7), row(6)], 5)).fresh).toBe(0);
  });

  it('shows at once what comes into an empty list: nothing can move', () => {
    expect(ids(refreshPages(beginPages(list([])), list([row(1)])))).toEqual(['r1']);
  });
});

describe('a run that ends', () => {
  const before = beginPages(list([row(9, { state: 'executing', verdict: null }), row(8)]));
  const ended = endRows(before, [row(9, { verdict: 'failed' }).run]);

  it('says so in its row and in its strip', () => {
    expect(ended.rows[0]?.run.verdict).toBe('failed');
    expect(ended.rows[0]?.strip).toEqual(['failed', 'failed']);
  });

  it('stays where it is, though the filter means running ones only', () => {
    const after = refreshPages(ended, list([row(8)]));
    expect(ids(after)).toEqual(['r9', 'r8']);
    expect(nextOffset(after)).toBe(1);
  });

  it('is a row like any other once the list knows it', () => {
    const after = refreshPages(ended, list([row(9, { verdict: 'failed' }), row(8)]));
    expect([nextOffset(after), isComplete(after)]).toEqual([2, true]);
  });

  it('is nothing to a list without it', () => expect(endRows(before, [row(3).run])).toBe(before));
});
