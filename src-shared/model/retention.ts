import { z } from 'zod';
import { Id, Timestamp } from './text.ts';

/** Days after which something goes; null keeps it. */
const Days = z.number().int().min(1).max(36_500).nullable().default(null);

/** What of old runs is kept. Every limit alone is enough for something to go; what is marked important or is referred to never does. */
export const RetentionPolicy = z.object({
  /** Applied by itself once a night. */
  nightly: z.boolean().default(false),
  /** Whole runs older than this. */
  runDays: Days,
  /** No more runs than this: the oldest go first. */
  runCount: z.number().int().min(1).max(100_000_000).nullable().default(null),
  /** All runs together take no more bytes than this: the oldest go first. */
  runBytes: z.number().int().min(1).nullable().default(null),
  /** Robot's own report and attachments; the run and its record stay. */
  reportDays: Days,
  /** Keywords and messages; verdicts and messages of failed tests stay. */
  recordDays: Days,
  /** What Robot said on the console. */
  consoleDays: Days,
});
export type RetentionPolicy = z.infer<typeof RetentionPolicy>;

export const RetentionPart = z.enum(['run', 'report', 'record', 'console']);
export type RetentionPart = z.infer<typeof RetentionPart>;

export const RetentionItem = z.object({
  runId: Id,
  name: z.string(),
  endedAt: Timestamp,
  part: RetentionPart,
  bytes: z.number().int(),
  why: z.enum(['age', 'count', 'size']),
});
export type RetentionItem = z.infer<typeof RetentionItem>;

export const RetentionPreview = z.object({
  /** Of all that would go: hand it back to remove exactly that. */
  digest: z.string(),
  /** What goes first, first; not all of them when there are very many. */
  items: z.array(RetentionItem),
  total: z.number().int(),
  bytes: z.number().int(),
  runs: z.object({ all: z.number().int(), bytes: z.number().int(), kept: z.number().int(), protected: z.number().int() }),
});
export type RetentionPreview = z.infer<typeof RetentionPreview>;

/** A run as the decision sees it; sizes in bytes, 0 where it is gone already. */
export interface KeptRun {
  id: string;
  name: string;
  /** Null: it is not ended. */
  endedAt: number | null;
  /** Important, or something refers to it. */
  isProtected: boolean;
  report: number;
  record: number;
  console: number;
  other: number;
}

const DAY_MS = 24 * 60 * 60_000;
const sizeOf = ({ report, record, console, other }: KeptRun): number => report + record + console + other;

/** What goes by the policy, oldest first. Pure: who asks sees to it that nothing has changed meanwhile. */
export function decideRetention(runs: readonly KeptRun[], policy: RetentionPolicy, now: number): RetentionItem[] {
  const free = runs
    .filter((run): run is KeptRun & { endedAt: number } => run.endedAt !== null && !run.isProtected)
    .toSorted((a, b) => a.endedAt - b.endedAt || (a.id < b.id ? -1 : 1));
  const isOlder = (endedAt: number, days: number | null) => days !== null && endedAt < now - days * DAY_MS;
  let left = runs.length;
  let bytes = runs.reduce((sum, run) => sum + sizeOf(run), 0);
  const items: RetentionItem[] = [];
  for (const run of free) {
    const why = isOlder(run.endedAt, policy.runDays)
      ? 'age'
      : policy.runCount !== null && left > policy.runCount
        ? 'count'
        : policy.runBytes !== null && bytes > policy.runBytes
          ? 'size'
          : null;
    const facts = { runId: run.id, name: run.name, endedAt: run.endedAt };
    if (why !== null) {
      items.push({ ...facts, part: 'run', bytes: sizeOf(run), why });
      left -= 1;
      bytes -= sizeOf(run);
      continue;
    }
    for (const [part, days] of [
      ['report', policy.reportDays],
      ['record', policy.recordDays],
      ['console', policy.consoleDays],
    ] as const)
      if (run[part] > 0 && isOlder(run.endedAt, days)) {
        items.push({ ...facts, part, bytes: run[part], why: 'age' });
        bytes -= run[part];
      }
  }
  return items;
}
