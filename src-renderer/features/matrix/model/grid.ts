import type { Matrix, MatrixCell, MatrixCellTime } from '../../../../src-shared/model/matrix.ts';
import type { Mark } from '../../../kit/marks.ts';
import { markOfRun } from '../../../kit/marks.ts';

export interface Place {
  readonly row: number;
  readonly column: number;
}

type MatrixRow = Matrix['rows'][number];

/** Rows of one plan, in their order, under one head. */
export interface Group {
  readonly planId: string;
  readonly planName: string;
  readonly rows: readonly { readonly row: MatrixRow; readonly index: number }[];
}

export function groupsOf(rows: readonly MatrixRow[]): readonly Group[] {
  const groups: { planId: string; planName: string; rows: { row: MatrixRow; index: number }[] }[] = [];
  for (const [index, row] of rows.entries()) {
    const last = groups.at(-1);
    if (last?.planId === row.planId) last.rows.push({ row, index });
    else groups.push({ planId: row.planId, planName: row.planName, rows: [{ row, index }] });
  }
  return groups;
}

export function cellAt(matrix: Pick<Matrix, 'cells'>, place: Place): MatrixCell | undefined {
  return matrix.cells.find(({ row, column }) => row === place.row && column === place.column);
}

/** Where an arrow key leads; the same place at an edge, null for other keys. */
export function moveBy(key: string, { row, column }: Place, size: { readonly rows: number; readonly columns: number }): Place | null {
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
  if (step === undefined) return null;
  const [down = 0, right = 0] = step;
  const within = (value: number, count: number): number => Math.min(Math.max(value, 0), count - 1);
  return { row: within(row + down, size.rows), column: within(column + right, size.columns) };
}

export function readPlace(text: string | null): Place | null {
  const found = /^(\d+)-(\d+)$/u.exec(text ?? '');
  return found === null ? null : { row: Number(found[1]), column: Number(found[2]) };
}

/** How many cells stand how, in the order of marks of a verdict; a cell whose run was removed counts as not run. */
export function marksOf({ cells }: Pick<Matrix, 'cells'>): ReadonlyMap<Mark, number> {
  const counts = new Map<Mark, number>();
  for (const { run } of cells) {
    const mark = run === null ? 'notRun' : markOfRun(run);
    counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return counts;
}

const UNHAPPY: ReadonlySet<Mark> = new Set(['failed', 'error', 'stopped', 'lost']);

/** Cells that `rerunFailed` would run again. */
export function unhappyCells({ cells }: Pick<Matrix, 'cells'>): number {
  return cells.filter(({ run }) => run !== null && UNHAPPY.has(markOfRun(run))).length;
}

/** What the grid shows of each cell. */
export const VIEWS = [
  { value: 'latest', label: 'Latest' },
  { value: 'time', label: 'Over time' },
  { value: 'changes', label: 'Changes only' },
] as const;
export type View = (typeof VIEWS)[number]['value'];

export function readView(text: string | null): View {
  return VIEWS.find(({ value }) => value === text)?.value ?? 'latest';
}

const BAD: ReadonlySet<string> = new Set(['failed', 'error']);

/** What the newest ended run of a cell is against the one before it; null where it is as before, or the first. */
export function changeOf(points: MatrixCellTime['points']): 'new' | 'fixed' | null {
  const [before, now] = points.slice(-2);
  if (before === undefined || now === undefined) return null;
  if (BAD.has(now.verdict) && before.verdict === 'passed') return 'new';
  return now.verdict === 'passed' && BAD.has(before.verdict) ? 'fixed' : null;
}

/** Of the same row, what passed: the newest runs that a failed one is held against. */
export function passedBeside(matrix: Pick<Matrix, 'cells'>, { row, column }: Place, most: number): string[] {
  return matrix.cells
    .filter((cell) => cell.row === row && cell.column !== column && cell.run?.verdict === 'passed')
    .flatMap(({ run }) => (run === null ? [] : [run.id]))
    .slice(0, most);
}

/** The grid as lines of a table, one a combination. */
export function exportRows({ rows, columns, cells }: Matrix): string[][] {
  const time = (at: number | null | undefined): string => (at == null ? '' : new Date(at).toISOString());
  const lines = cells.map(({ row, column, run, runIds }) => [
    rows[row]?.planName ?? '',
    rows[row]?.conditionName ?? '',
    (columns[column]?.suts ?? []).join(', '),
    run === null ? 'removed' : (run.verdict ?? run.state),
    ...(run === null ? ['', '', '', ''] : [run.counts.passed, run.counts.failed, run.counts.skipped, run.total].map(String)),
    time(run?.startedAt),
    time(run?.endedAt),
    run?.happened ?? '',
    run?.id ?? runIds.at(-1) ?? '',
  ]);
  return [
    ['Plan', 'Condition', 'SUTs', 'Verdict', 'Passed', 'Failed', 'Skipped', 'Total', 'Started', 'Ended', 'What happened', 'Run'],
    ...lines,
  ];
}
