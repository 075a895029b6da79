import { z } from 'zod';
import { Sha256 } from './text.ts';

/** One file that differs between two revisions. `renamed`: the same bytes under another path. */
export const FileDifference = z.object({
  kind: z.enum(['added', 'removed', 'changed', 'renamed']),
  /** Where it is in the newer one; where it was when it was removed. */
  path: z.string(),
  /** Where it was, when it was renamed. */
  oldPath: z.string().nullable(),
  /** Bytes; null where it is not there. */
  oldSize: z.number().int().nullable(),
  newSize: z.number().int().nullable(),
});
export type FileDifference = z.infer<typeof FileDifference>;

/** What leads from one revision to another, by path. `from` null = from nothing at all. */
export const RevisionDifference = z.object({ from: Sha256.nullable(), to: Sha256, files: z.array(FileDifference) });
export type RevisionDifference = z.infer<typeof RevisionDifference>;

/** Lines as they are, without their ends. `same` lines stand around a change so that a person finds it. */
export const DifferenceLine = z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() });
export type DifferenceLine = z.infer<typeof DifferenceLine>;

/** A piece of a file that differs; line numbers begin at 1, as in a unified diff. */
export const Hunk = z.object({
  oldStart: z.number().int(),
  oldLines: z.number().int(),
  newStart: z.number().int(),
  newLines: z.number().int(),
  lines: z.array(DifferenceLine),
});
export type Hunk = z.infer<typeof Hunk>;

/** `text`: the hunks say it all. `binary`: not text on one side. `large`: over 2 MB, or too different to be shown. `ends`: only line ends differ. */
export const FileTextDifference = z.object({ form: z.enum(['text', 'binary', 'large', 'ends']), hunks: z.array(Hunk) });
export type FileTextDifference = z.infer<typeof FileTextDifference>;

/** What a person did to one file, by path in the base revision. A text is written as UTF-8 as it is. */
export const FileChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('write'), path: z.string().min(1), text: z.string().max(10_000_000) }),
  z.object({ kind: z.literal('delete'), path: z.string().min(1) }),
  /** With `text`, changed as well. */
  z.object({ kind: z.literal('rename'), path: z.string().min(1), to: z.string().min(1), text: z.string().max(10_000_000).optional() }),
]);
export type FileChange = z.infer<typeof FileChange>;

/**
 * A file that two people changed since the same revision. Each side is what the file became: its text (null when it is not text or
 * over 2 MB) and size, or null when that side has no such file any more.
 */
const Side = z.object({ text: z.string().nullable(), size: z.number().int() }).nullable();
export const FileConflict = z.object({ path: z.string(), base: Side, theirs: Side, mine: Side });
export type FileConflict = z.infer<typeof FileConflict>;
