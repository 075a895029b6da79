import type { ContentStore } from '@atn/content-store';
import type { FileTextDifference, RevisionDifference } from '../../../src-shared/model/test-data-change.ts';
import { WorkbenchError } from '../../errors.ts';
import { compareLines, linesOf } from './compare-lines.ts';
import { compareFiles } from './compare-revisions.ts';
import { sayPath } from './path-rules.ts';
import { LONGEST_TEXT, readRevision, readText } from './read-revision.ts';

/** Which files differ between two revisions; without `from` everything in `to` is new. */
export async function compareRevisions(
  content: ContentStore,
  { from, to }: { from?: string | undefined; to: string },
): Promise<RevisionDifference> {
  const before = from === undefined ? [] : await readRevision(content, from);
  return { from: from ?? null, to, files: compareFiles(before, await readRevision(content, to)) };
}

interface FileRequest {
  from?: string | undefined;
  to: string;
  oldPath?: string | undefined;
  path?: string | undefined;
}

/** What differs in one file; a side without a path has none. */
export async function compareFile(content: ContentStore, { from, to, oldPath, path }: FileRequest): Promise<FileTextDifference> {
  const [before, after] = [await sideOf(content, from, oldPath), await sideOf(content, to, path)];
  if (before === 'large' || after === 'large') return { form: 'large', hunks: [] };
  if (before === 'binary' || after === 'binary') return { form: 'binary', hunks: [] };
  const hunks = compareLines(linesOf(before.text), linesOf(after.text));
  return { form: hunks.length === 0 && before.text !== after.text ? 'ends' : 'text', hunks };
}

type Side = { text: string } | 'binary' | 'large';

async function sideOf(content: ContentStore, revision: string | undefined, path: string | undefined): Promise<Side> {
  if (revision === undefined || path === undefined) return { text: '' };
  const file = (await readRevision(content, revision)).find((each) => each.path === path);
  if (file === undefined) throw new WorkbenchError('NOT_FOUND', `There is no file ${sayPath(path)} in this revision.`);
  if (file.size > LONGEST_TEXT) return 'large';
  const text = await readText(content, file);
  return text === null ? 'binary' : { text };
}
