import { listRevisions } from '../../store/test-data-history.ts';
import type { LinkRow } from '../../store/test-data-links.ts';
import { compareFiles } from './compare-revisions.ts';
import { sayPath } from './path-rules.ts';
import { readRevision } from './read-revision.ts';
import { needTestData, type TestDataServices } from './test-data-services.ts';

const MOST_NAMED = 20;

/** Answers, after something was taken from a link, which files that were edited here since the last time it has replaced: a sentence each. */
export async function watchEdits(services: TestDataServices, link: LinkRow): Promise<() => Promise<string[]>> {
  const { content, store } = services;
  const { newest } = needTestData(store, link.testDataId);
  const before = await readRevision(content, newest.hash);
  const taken = listRevisions(store, link.testDataId).find(
    ({ hash, source }) => link.taken === (link.kind === 'git' ? source.commit : hash),
  );
  const edited = taken === undefined ? [] : compareFiles(await readRevision(content, taken.hash), before);
  return async () => {
    const after = await readRevision(content, needTestData(store, link.testDataId).newest.hash);
    const replaced = new Set(compareFiles(before, after).flatMap(({ path, oldPath }) => [path, oldPath]));
    const lost = edited.flatMap(({ path, oldPath }) =>
      replaced.has(path) ? [path] : oldPath !== null && replaced.has(oldPath) ? [oldPath] : [],
    );
    const more = lost.length > MOST_NAMED ? [`And ${lost.length - MOST_NAMED} more.`] : [];
    const sentence = (path: string) =>
      `${sayPath(path)} was changed here and is as it is there now; revision ${newest.number} still has it as it was.`;
    return [...lost.slice(0, MOST_NAMED).map(sentence), ...more];
  };
}
