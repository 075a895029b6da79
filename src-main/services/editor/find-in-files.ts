import { contentPath, type ContentStore } from '@atn/content-store';
import { setTimeout as pause } from 'node:timers/promises';
import type { FindEvent } from '../../../src-shared/contract/harness/editor.ts';
import type { FindQuery, FoundFile } from '../../../src-shared/model/editor.ts';
import { WorkbenchError } from '../../errors.ts';
import { findDraft, listDrafts } from '../../store/drafts.ts';
import { ReadThread } from '../../workers/read-thread.ts';
import type { Caller } from '../caller.ts';
import { LONGEST_TEXT, readRevision } from '../test-data/read-revision.ts';
import { needTestData, type TestDataServices } from '../test-data/test-data-services.ts';
import type { FindQueries, ToSearch } from './find-in-files.thread.ts';
import threadFile from './find-in-files.thread?modulePath';
import { pathFilter, patternOf } from './find-lines.ts';

const MOST_LINES = 5000;
const FILES_A_TURN = 50;
/** One turn that takes longer is a pattern that will never end, in milliseconds. */
const TURN_LIMIT = 5000;

type Services = Pick<TestDataServices, 'store'> & { content: ContentStore };
type Request = FindQuery & { id: string; revision?: string | undefined; caller: Caller; signal: AbortSignal | undefined };

/**
 * Looks through every text file of a revision and the caller's drafts over it, in a thread of its own, in turns: who leaves stops it after the
 * turn, and a pattern that does not come to an end costs the thread, not the harness. Throws BAD_REQUEST and NOT_FOUND.
 */
export async function* findInFiles(services: Services, request: Request): AsyncGenerator<FindEvent, void, void> {
  const files = await filesToSearch(services, request);
  refuseBroken(request);
  const thread = new ReadThread<FindQueries>(threadFile, {});
  let [lines, inFiles] = [0, 0];
  let cut: string | null = null;
  try {
    for (let start = 0; start < files.length && cut === null; start += FILES_A_TURN) {
      if (request.signal?.aborted === true) return;
      const turn = files.slice(start, start + FILES_A_TURN);
      const found = await searchTurn(thread, { pattern: request, files: turn, limit: MOST_LINES - lines });
      if (found === null) cut = `The pattern takes too long in one of ${turn[0]?.path ?? ''} and the ${turn.length - 1} files after it.`;
      const hits = turn.flatMap(({ path, text }, index): FoundFile[] => {
        const of = found?.[index] ?? [];
        return of.length === 0 ? [] : [{ path, draft: text !== undefined, lines: of }];
      });
      lines += hits.reduce((sum, file) => sum + file.lines.length, 0);
      inFiles += hits.length;
      if (lines >= MOST_LINES) cut = `Only the first ${MOST_LINES} are shown.`;
      yield { type: 'found', files: hits, searched: Math.min(start + turn.length, files.length), of: files.length };
    }
    yield { type: 'done', lines, files: inFiles, cut };
  } finally {
    await thread.kill();
  }
}

async function searchTurn(thread: ReadThread<FindQueries>, asked: Parameters<FindQueries['search']>[0]) {
  const { text, regex, matchCase, wholeWord } = asked.pattern;
  const over = new AbortController();
  const answer = thread.ask('search', { ...asked, pattern: { text, regex, matchCase, wholeWord } }).finally(() => over.abort());
  const late = pause(TURN_LIMIT, null, { signal: over.signal, ref: false }).catch(() => null);
  answer.catch(() => undefined); // thrown below, unless it came too late
  return Promise.race([answer, late.then(() => (over.signal.aborted ? answer : null))]);
}

async function filesToSearch({ store, content }: Services, { id, revision, files, caller }: Request): Promise<ToSearch[]> {
  const wanted = pathFilter(files);
  const listed = await readRevision(content, revision ?? needTestData(store, id).newest.hash);
  const drafts = new Set(revision === undefined ? listDrafts(store, caller.user, id).map(({ path }) => path) : []);
  const paths = new Set([...listed.map(({ path }) => path), ...drafts].filter(wanted));
  const byPath = new Map(listed.map((file) => [file.path, file]));
  return [...paths].sort().flatMap((path): ToSearch[] => {
    const text = drafts.has(path) ? findDraft(store, { testDataId: id, person: caller.user, path })?.text : undefined;
    if (text !== undefined) return [{ path, text }];
    const file = byPath.get(path);
    return file === undefined || file.size > LONGEST_TEXT ? [] : [{ path, file: contentPath(content, file.sha256) }];
  });
}

function refuseBroken(query: FindQuery): void {
  try {
    patternOf(query);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^Invalid regular expression: /u, '') : String(error);
    throw new WorkbenchError('BAD_REQUEST', `This is not a regular expression: ${why}. Correct it, or look for it as plain text.`);
  }
}
