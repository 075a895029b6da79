import { readFileSync } from 'node:fs';
import type { FoundLine } from '../../../src-shared/model/editor.ts';
import { serveQueries } from '../../workers/serve-queries.ts';
import { findLines, patternOf, type Pattern } from './find-lines.ts';

/** `text` of a draft, else the file that has it. */
export interface ToSearch {
  path: string;
  file?: string;
  text?: string;
}

const queries = {
  /** What is found in some files; those that are not text have nothing. */
  search: ({ pattern, files, limit }: { pattern: Pattern; files: ToSearch[]; limit: number }): FoundLine[][] => {
    const compiled = patternOf(pattern);
    let left = limit;
    return files.map((each) => {
      const text = left > 0 ? textOf(each) : null;
      const lines = text === null ? [] : findLines(text, compiled, left);
      left -= lines.length;
      return lines;
    });
  },
};
export type FindQueries = typeof queries;

function textOf({ file, text }: ToSearch): string | null {
  if (text !== undefined || file === undefined) return text ?? null;
  const bytes = readFileSync(file);
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

serveQueries(queries);
