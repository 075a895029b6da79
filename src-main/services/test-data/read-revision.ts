import { openContent, type ContentStore } from '@atn/content-store';
import type { RevisionFile } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { contentProblem } from './content-problem.ts';
import { readManifest, type ManifestFile } from './manifest.ts';
import { sayPath } from './path-rules.ts';

/** A longer text is cut: a screen shows it, a run gets the whole file. */
export const LONGEST_TEXT = 2_000_000;

/** The files of a revision, as its manifest has them. */
export async function readRevision(content: ContentStore, revision: string): Promise<ManifestFile[]> {
  try {
    return readManifest(await readContent(content, revision));
  } catch (error) {
    const problem = contentProblem(error);
    throw problem.code === 'INTERNAL' ? new WorkbenchError('NOT_FOUND', 'There is no such revision.', { cause: error }) : problem;
  }
}

export async function listRevisionFiles(content: ContentStore, revision: string): Promise<RevisionFile[]> {
  return (await readRevision(content, revision)).map(({ path, size, sha256 }) => ({ path, size, sha256 }));
}

export interface FileText {
  path: string;
  text: string;
  size: number;
  cut: boolean;
  binary: boolean;
}

export async function readRevisionFile(content: ContentStore, { revision, path }: { revision: string; path: string }): Promise<FileText> {
  const file = (await readRevision(content, revision)).find((each) => each.path === path);
  if (file === undefined) throw new WorkbenchError('NOT_FOUND', `There is no file ${sayPath(path)} in this revision.`);
  const cut = file.size > LONGEST_TEXT;
  const bytes = await readContent(content, file.sha256, LONGEST_TEXT);
  const text = decode(bytes, cut);
  return { path, text: text ?? '', size: file.size, cut: cut && text !== null, binary: text === null };
}

/** The whole text of a file; null when it is not text or too long for a screen. */
export async function readText(content: ContentStore, { sha256, size }: { sha256: string; size: number }): Promise<string | null> {
  return size > LONGEST_TEXT ? null : decode(await readContent(content, sha256), false);
}

export async function readContent(content: ContentStore, sha256: string, longest = Number.POSITIVE_INFINITY): Promise<Buffer> {
  const range = Number.isFinite(longest) ? { start: 0, end: longest } : undefined;
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of await openContent(content, sha256, range)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (error) {
    throw contentProblem(error);
  }
}

/** Null when it is not UTF-8 text. What was cut may end in the middle of a character. */
function decode(bytes: Buffer, cut: boolean): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}
