import { z } from 'zod';
import { RunSummary, StripVerdict } from './run.ts';
import { Id, Name, PersonName, Timestamp } from './text.ts';

/** Plans x conditions x SUTs, each combination one run. */
export const MatrixRequest = z.object({
  name: Name.optional(),
  planIds: z.array(Id).min(1, 'A matrix needs a plan.').max(50),
  /** null: the plan's own condition, or none. Empty is the same as [null]. */
  conditionIds: z.array(Id.nullable()).max(200).default([]),
  /** Each is the SUTs of one run: usually one name, several for a group, none for a run without. Empty is the same as [[]]. */
  suts: z.array(z.array(Name).max(200)).max(200).default([]),
  /** Combinations that are not planned, by their places in the three lists. */
  without: z.array(z.object({ plan: z.number().int(), condition: z.number().int(), suts: z.number().int() })).default([]),
  /** Same key, same matrix: asked twice, made once. */
  requestKey: Id.optional(),
});
export type MatrixRequest = z.input<typeof MatrixRequest>;

export const MatrixRow = z.object({
  planId: Id,
  planName: Name,
  conditionId: Id.nullable(),
  /** The condition that its runs have; null when none. */
  conditionName: Name.nullable(),
});
export const MatrixColumn = z.object({ suts: z.array(Name) });

export const MatrixCell = z.object({
  row: z.number().int(),
  column: z.number().int(),
  /** Every run of this cell, oldest first; reruns of failures included. */
  runIds: z.array(Id),
  /** The newest; null when it was removed since. */
  run: RunSummary.nullable(),
});
export type MatrixCell = z.infer<typeof MatrixCell>;

export const MatrixSummary = z.object({
  id: Id,
  name: Name,
  createdAt: Timestamp,
  createdBy: PersonName,
  cellCount: z.number().int(),
  ended: z.number().int(),
  /** Cells by verdict of their newest run; `running` and `queued` for those not ended. */
  verdicts: z.record(z.string(), z.number().int()),
});
export type MatrixSummary = z.infer<typeof MatrixSummary>;

/** A combination that is not planned has no cell. */
export const Matrix = MatrixSummary.extend({
  rows: z.array(MatrixRow),
  columns: z.array(MatrixColumn),
  cells: z.array(MatrixCell),
});
export type Matrix = z.infer<typeof Matrix>;

/** How the runs of one combination came out, in this matrix and outside of it: oldest first, at most some dozen. */
export const MatrixCellTime = z.object({
  row: z.number().int(),
  column: z.number().int(),
  points: z.array(z.object({ runId: Id, at: Timestamp, verdict: StripVerdict, passed: z.number().int(), total: z.number().int() })),
});
export type MatrixCellTime = z.infer<typeof MatrixCellTime>;
