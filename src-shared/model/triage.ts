import { z } from 'zod';
import { Id, Name, PersonName, Timestamp } from './text.ts';

/** Long name of a test: as Robot's --test takes it. Null where the run as a whole is meant. */
const TestName = z.string().min(1).max(2000).nullable();

/** Something that a person noted on a run, or on one test of it. */
export const TriageMark = z.object({
  id: Id,
  test: TestName,
  kind: z.enum(['comment', 'label', 'issue']),
  text: z.string(),
  by: PersonName,
  at: Timestamp,
});
export type TriageMark = z.infer<typeof TriageMark>;

const MOST_TEXT = 4000;
export const NewTriageMark = z
  .object({
    runId: Id,
    test: TestName.default(null),
    kind: TriageMark.shape.kind,
    text: z.string().trim().min(1, 'Write something.').max(MOST_TEXT),
  })
  .refine(
    ({ kind, text }) => kind === 'comment' || (text.length <= 100 && !/\p{Cc}/u.test(text)),
    'A label or an issue is one line of at most 100 characters.',
  );

/** What recognises a known failure. Patterns: `*` any characters, `?` one; capitals do not count. */
export const KnownFailureInput = z.object({
  title: Name,
  /** Found anywhere within the message. */
  message: z.string().trim().min(1, 'What does the message say? "*" stands for what varies.').max(1000),
  /** Of the whole long name of the test; empty: any test. */
  test: z.string().trim().max(1000).default(''),
  /** A machine that the run had; empty: any. */
  sut: z.string().trim().max(200).default(''),
  /** In the issue tracker, as people write it there. */
  issue: z.string().trim().max(200).default(''),
});
export type KnownFailureInput = z.infer<typeof KnownFailureInput>;

export const KnownFailure = KnownFailureInput.extend({
  id: Id,
  by: PersonName,
  at: Timestamp,
  /** Failures that it has explained, in runs that are still kept. */
  matches: z.number().int(),
  lastMatchAt: Timestamp.nullable(),
  /** Runs in a row, up to now, in which the tests that it once explained came out well: it may be fixed. */
  clearRuns: z.number().int(),
});
export type KnownFailure = z.infer<typeof KnownFailure>;

/** A failure that a rule explains. */
export const ExplainedFailure = z.object({ test: z.string(), ruleId: Id, title: z.string(), issue: z.string() });
export type ExplainedFailure = z.infer<typeof ExplainedFailure>;

/** What people and rules say about one run. */
export const RunTriage = z.object({
  marks: z.array(TriageMark),
  known: z.array(ExplainedFailure),
  /** Failed tests that no rule explains: what needs a look. */
  unexplained: z.number().int(),
});
export type RunTriage = z.infer<typeof RunTriage>;

/** Issues that begin with `prefix` are found at `url`, in which `{issue}` stands for the whole name, `{rest}` for what follows the prefix. */
export const IssueTracker = z.object({
  prefix: z.string().trim().min(1, 'How do its issues begin? For example LAB- or #.').max(40),
  url: z.url({ protocol: /^https?$/u, error: 'An address that begins with http:// or https:// is needed.' }).max(1000),
});
export type IssueTracker = z.infer<typeof IssueTracker>;

/** The address of an issue; null where no tracker knows it. The longest prefix wins. */
export function issueAddress(issue: string, trackers: readonly IssueTracker[]): string | null {
  const fitting = trackers.filter(({ prefix }) => issue.length > prefix.length && issue.startsWith(prefix));
  const [tracker] = fitting.toSorted((a, b) => b.prefix.length - a.prefix.length);
  if (tracker === undefined) return null;
  const rest = encodeURIComponent(issue.slice(tracker.prefix.length));
  return tracker.url
    .replaceAll(/(?:\{|%7B)issue(?:\}|%7D)/giu, () => encodeURIComponent(issue))
    .replaceAll(/(?:\{|%7B)rest(?:\}|%7D)/giu, () => rest);
}
