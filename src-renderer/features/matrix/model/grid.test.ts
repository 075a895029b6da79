import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../../src-shared/model/run.ts';
import { cellAt, changeOf, exportRows, groupsOf, marksOf, moveBy, readPlace, unhappyCells } from './grid.ts';

const row = (planId: string, conditionName: string | null) => ({ planId, planName: planId, conditionId: conditionName, conditionName });
const run = (verdict: RunSummary['verdict']) =>
  ({ state: verdict === null ? 'executing' : 'ended', verdict, counts: { passed: 1, failed: 0, skipped: 0, notRun: 0 } }) as RunSummary;
const cell = (at: number, column: number, verdict: RunSummary['verdict']) => ({ row: at, column, runIds: [], run: run(verdict) });

describe('the grid of a matrix', () => {
  it('puts the conditions of a plan under its head', () => {
    const groups = groupsOf([row('smoke', null), row('smoke', 'uefi'), row('boot', 'uefi')]);
    expect(groups.map(({ planName, rows }) => [planName, rows.map(({ index }) => index)])).toEqual([
      ['smoke', [0, 1]],
      ['boot', [2]],
    ]);
  });

  it('moves by arrows and stays within', () => {
    const size = { rows: 2, columns: 3 };
    expect(moveBy('ArrowDown', { row: 0, column: 1 }, size)).toEqual({ row: 1, column: 1 });
    expect(moveBy('ArrowDown', { row: 1, column: 1 }, size)).toEqual({ row: 1, column: 1 });
    expect(moveBy('ArrowLeft', { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 });
    expect(moveBy('Enter', { row: 0, column: 0 }, size)).toBeNull();
  });

  it('counts what stands how, and what would be run again', () => {
    const matrix = { cells: [cell(0, 0, 'passed'), cell(0, 1, 'failed'), cell(1, 0, null), { row: 1, column: 1, runIds: [], run: null }] };
    expect([...marksOf(matrix)]).toEqual([
      ['passed', 1],
      ['failed', 1],
      ['running', 1],
      ['notRun', 1],
    ]);
    expect(unhappyCells(matrix)).toBe(1);
    expect(cellAt(matrix, { row: 0, column: 1 })?.run?.verdict).toBe('failed');
    expect([readPlace('1-2'), readPlace('x')]).toEqual([{ row: 1, column: 2 }, null]);
  });
});

it('tells what is new and what is fixed by the last two runs of a cell', () => {
  const points = (...verdicts: ('passed' | 'failed' | 'error' | 'skipped')[]) =>
    verdicts.map((verdict, at) => ({ runId: String(at), at, verdict, passed: 1, total: 2 }));
  expect(changeOf(points('passed', 'failed'))).toBe('new');
  expect(changeOf(points('failed', 'passed', 'error'))).toBe('new');
  expect(changeOf(points('passed', 'error', 'passed'))).toBe('fixed');
  expect(changeOf(points('failed', 'failed'))).toBeNull();
  expect(changeOf(points('failed'))).toBeNull();
  expect(changeOf([])).toBeNull();
});

it('writes a line for each combination, a removed run included', () => {
  const rows = exportRows({
    ...{ id: 'm', name: 'nightly', createdAt: 1, createdBy: 'ada', cellCount: 2, ended: 1, verdicts: {} },
    ...{ rows: [row('smoke', null)], columns: [{ suts: ['rack-1', 'rack-2'] }, { suts: [] }] },
    cells: [cell(0, 0, 'failed'), { row: 0, column: 1, runIds: ['gone'], run: null }],
  });
  expect(rows[1]?.slice(0, 5)).toEqual(['smoke', '', 'rack-1, rack-2', 'failed', '1']);
  expect(rows[2]).toEqual(['smoke', '', '', 'removed', '', '', '', '', '', '', '', 'gone']);
  expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
});
