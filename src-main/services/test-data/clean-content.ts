import { remove } from '@atn/content-store';
import { setImmediate as turn } from 'node:timers/promises';
import { forgetLeaving, listLeaving, listRevisionHashes } from '../../store/test-data-history.ts';
import { readRevision } from './read-revision.ts';
import type { TestDataServices } from './test-data-services.ts';

/**
 * Removes the content of revisions that nobody has any more, as far as nothing else refers to it. What a kill interrupts is done again at
 * the next start: a revision is forgotten only when its content is gone. Answers how many files went.
 */
export function cleanContent(services: TestDataServices): Promise<number> {
  return services.turns.take(undefined, async () => {
    const leaving = listLeaving(services.store);
    if (leaving.length === 0) return 0;
    const held = await heldContent(services);
    let removed = 0;
    for (const { hash, discoveries } of leaving) {
      removed += await removeRevision(services, { hash, discoveries, held });
      forgetLeaving(services.store, hash);
    }
    return removed;
  });
}

async function removeRevision(
  { content }: TestDataServices,
  { hash, discoveries, held }: { hash: string; discoveries: string[]; held: ReadonlySet<string> },
): Promise<number> {
  // Without the list nobody knows which files it had; it goes last.
  const files = await readRevision(content, hash).catch(() => []);
  let removed = 0;
  for (const sha256 of new Set([...files.map((file) => file.sha256), ...discoveries, hash])) {
    if (held.has(sha256)) continue;
    if (await remove(content, sha256)) removed += 1;
  }
  return removed;
}

/** Everything that a revision which somebody has needs, and what others hold. */
async function heldContent({ store, content, otherContent }: TestDataServices): Promise<Set<string>> {
  const held = new Set(otherContent());
  for (const hash of listRevisionHashes(store)) {
    held.add(hash);
    for (const { sha256 } of await readRevision(content, hash).catch(() => [])) held.add(sha256);
    await turn();
  }
  return held;
}
