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

/**
 * A suite found in a revision. `longName` is what Robot's `--suite` takes and begins with the `suiteName` of the test data; `path` is
 * relative to the revision, with `/`.
 */
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

/** What brought a revision about. `copy`: it began as a revision of other test data; `edit`: files were changed in the workbench; `restore`: an older one came back. */
export const SourceKind = z.enum(['folder', 'file', 'zip', 'git', 'edit', 'restore', 'sample', 'copy', 'capsule']);
export type SourceKind = z.infer<typeof SourceKind>;

export const RevisionSource = z.object({
  kind: SourceKind,
  /** As the person named it: a path, a file name, the address of a repository (never with a password), the name of the test data copied. */
  place: z.string(),
  /** Git only: the branch or tag asked for; null = what the repository gives by itself. */
  ref: z.string().nullable(),
  /** Git only: the id of the commit, 40 or 64 hex digits. */
  commit: z.string().nullable(),
  /** Git only: the folder inside the repository, relative, with `/`; null = all of it. */
  subfolder: z.string().nullable(),
});
export type RevisionSource = z.infer<typeof RevisionSource>;

/** What Robot's parser found in a revision. `suites`: those that hold cases themselves. */
export const RevisionCounts = z.object({ suites: z.number().int(), cases: z.number().int(), errors: z.number().int() });
export type RevisionCounts = z.infer<typeof RevisionCounts>;

/** The exact content of test data at one time: `hash` covers every path and every byte, and nothing else. */
export const TestDataRevision = z.object({
  hash: Sha256,
  testDataId: Id,
  /** 1, 2, 3, ... within its test data. The same content may come back under another number. */
  number: z.number().int().positive(),
  /** The number of the revision that it was made from; null for the first. */
  parent: z.number().int().positive().nullable(),
  createdAt: Timestamp,
  /** Who made this content; a copy keeps the author of what was copied. */
  author: PersonName,
  /** Why, in the author's words; empty when nothing was said. */
  message: z.string(),
  source: RevisionSource,
  fileCount: z.number().int(),
  /** Bytes of all files. */
  size: z.number().int(),
  /** Null = Robot has not read it yet. */
  counts: RevisionCounts.nullable(),
});
export type TestDataRevision = z.infer<typeof TestDataRevision>;

/**
 * A folder on the harness's machine or a git repository that the test data follow. Nothing is taken from it by itself: `newer` offers it.
 * `unknown`: not looked at since it was linked or the workbench was started. `gone`: it cannot be reached; `problem` says why and what to do.
 */
export const TestDataLink = z.object({
  kind: z.enum(['folder', 'git']),
  place: z.string(),
  ref: z.string().nullable(),
  subfolder: z.string().nullable(),
  state: z.enum(['unknown', 'same', 'newer', 'gone']),
  checkedAt: Timestamp.nullable(),
  /**
   * What is newer there than what was taken from it last (edits made here do not count): files of a folder, or the commit of a
   * repository. Null unless `state` is `newer`.
   */
  newer: z
    .object({
      added: z.number().int(),
      removed: z.number().int(),
      changed: z.number().int(),
      commit: z.string().nullable(),
    })
    .nullable(),
  problem: z.string().nullable(),
});
export type TestDataLink = z.infer<typeof TestDataLink>;

export const TestData = z.object({
  id: Id,
  name: Name,
  /** What Robot calls the root suite of every revision (`--name`): fixed when they come in first, whatever they are renamed to. */
  suiteName: z.string().min(1),
  createdAt: Timestamp,
  /** Who wrote them: who brought them in first, or the author of what they are a copy of. */
  author: PersonName,
  /** `name` as it was then; the original may be gone. */
  copiedFrom: z.object({ testDataId: Id, name: Name, revision: z.number().int(), by: PersonName }).nullable(),
  /** Archived test data stay for their runs but are offered for nothing new. */
  archivedAt: Timestamp.nullable(),
  link: TestDataLink.nullable(),
  newest: TestDataRevision,
  revisionCount: z.number().int(),
});
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
