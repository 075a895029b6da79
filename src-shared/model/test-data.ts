import { z } from 'zod';
import { Id, Milliseconds, Name, PersonName, Sha256, Timestamp } from './text.ts';

/** A file that Robot's parser cannot read in whole; the rest of the revision stays usable. */
export const ParseError = z.object({
  path: z.string(),
  line: z.number().int().nullable(),
  message: z.string(),
  /** True when nothing in the file can be used. */
  fatal: z.boolean(),
});
export type ParseError = z.infer<typeof ParseError>;

export const TestCase = z.object({
  name: z.string(),
  tags: z.array(z.string()),
  doc: z.string(),
  line: z.number().int().nullable(),
  template: z.string().nullable(),
});
export type TestCase = z.infer<typeof TestCase>;

/** A suite found in a revision. `longName` is what Robot's `--suite` takes; `path` is relative to the revision, with `/`. */
export interface TestSuite {
  name: string;
  longName: string;
  path: string;
  kind: 'directory' | 'file';
  doc: string;
  tests: TestCase[];
  suites: TestSuite[];
}
export const TestSuite: z.ZodType<TestSuite> = z.object({
  name: z.string(),
  longName: z.string(),
  path: z.string(),
  kind: z.enum(['directory', 'file']),
  doc: z.string(),
  tests: z.array(TestCase),
  get suites() {
    return z.array(TestSuite);
  },
});

export const RevisionFile = z.object({ path: z.string(), size: z.number().int(), sha256: Sha256 });
export type RevisionFile = z.infer<typeof RevisionFile>;

/** The exact content of test data at one time: `hash` covers every path and every byte. */
export const TestDataRevision = z.object({
  hash: Sha256,
  testDataId: Id,
  importedAt: Timestamp,
  importedBy: PersonName,
  /** Where it came from, as the person named it (a path, a file name). */
  source: z.string(),
  fileCount: z.number().int(),
  size: z.number().int(),
  suiteCount: z.number().int(),
  caseCount: z.number().int(),
  errorCount: z.number().int(),
});
export type TestDataRevision = z.infer<typeof TestDataRevision>;

export const TestData = z.object({ id: Id, name: Name, createdAt: Timestamp, newest: TestDataRevision, revisionCount: z.number().int() });
export type TestData = z.infer<typeof TestData>;

/** What discovery found in a revision. */
export const Discovery = z.object({
  revision: Sha256,
  robotVersion: z.string(),
  root: TestSuite,
  errors: z.array(ParseError),
  tags: z.array(z.object({ tag: z.string(), count: z.number().int() })),
  tookMs: Milliseconds,
  cached: z.boolean(),
});
export type Discovery = z.infer<typeof Discovery>;

/** Which cases of a revision a run takes. All lists empty = everything. Meanings are Robot's own options of the same names. */
export const Selection = z.object({
  include: z.array(z.string().min(1)).default([]),
  exclude: z.array(z.string().min(1)).default([]),
  suites: z.array(z.string().min(1)).default([]),
  tests: z.array(z.string().min(1)).default([]),
});
export type Selection = z.infer<typeof Selection>;
