import { z } from 'zod';
import { Counts } from './run.ts';
import { Timestamp } from './text.ts';

export const ItemKind = z.enum([
  'suite',
  'test',
  'keyword',
  'setup',
  'teardown',
  'for',
  'iteration',
  'if',
  'ifBranch',
  'try',
  'tryBranch',
  'while',
  'whileIteration',
  'var',
  'return',
  'continue',
  'break',
  'error',
  'group',
]);
export type ItemKind = z.infer<typeof ItemKind>;

export const ItemStatus = z.enum(['running', 'passed', 'failed', 'skipped', 'notRun']);
export type ItemStatus = z.infer<typeof ItemStatus>;

/** A row of the tree: suite, test, keyword or control structure. Ids grow in order of start. */
export const RecordItem = z.object({
  id: z.number().int(),
  parent: z.number().int().nullable(),
  kind: ItemKind,
  name: z.string(),
  /** Library or resource that owns the keyword. */
  owner: z.string().nullable(),
  args: z.array(z.string()),
  assign: z.string().nullable(),
  status: ItemStatus,
  startedAt: Timestamp,
  /** Microseconds; null while running. */
  elapsed: z.number().int().nullable(),
  message: z.string().nullable(),
  source: z.string().nullable(),
  line: z.number().int().nullable(),
  doc: z.string().nullable(),
  tags: z.array(z.string()),
  /** Number of tests below a suite. */
  tests: z.number().int().nullable(),
  hasChildren: z.boolean(),
});
export type RecordItem = z.infer<typeof RecordItem>;

export const MessageLevel = z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FAIL', 'SKIP', 'CONSOLE']);
export type MessageLevel = z.infer<typeof MessageLevel>;

/** A log message. `html` says that the author meant markup; it is shown as text all the same. */
export const RecordMessage = z.object({
  id: z.number().int(),
  item: z.number().int().nullable(),
  at: Timestamp,
  level: MessageLevel,
  html: z.boolean(),
  text: z.string(),
  /** Length of the whole message where `text` was cut; it is in output.xml. */
  fullLength: z.number().int().nullable(),
});
export type RecordMessage = z.infer<typeof RecordMessage>;

/** A failed test and, below it, the keyword that failed first. */
export const RecordFailure = z.object({ test: RecordItem, keyword: RecordItem.nullable(), message: z.string().nullable() });
export type RecordFailure = z.infer<typeof RecordFailure>;

/**
 * What changed in a record since the cursor: suites and tests in full, plus the path that runs now. Keywords are asked for by
 * branch (`children`), so a fast run costs no more to watch than a slow one, and nothing structural is ever left out.
 */
export const RecordDelta = z.object({
  cursor: z.string(),
  items: z.array(RecordItem),
  runningPath: z.array(RecordItem),
  maxItem: z.number().int(),
  counts: Counts,
  consoleSize: z.number().int(),
});
export type RecordDelta = z.infer<typeof RecordDelta>;
