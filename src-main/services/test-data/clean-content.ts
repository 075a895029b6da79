import { listInterrupted, remove } from '@atn/content-store';
import { setImmediate as turn } from 'node:timers/promises';
import { forgetLeaving, listLeaving, listRevisionHashes } from '../../store/test-data-history.ts';
import { readRevision } from './read-revision.ts';
import type { TestDataServices } from './test-data-services.ts';

/**
 * Removes the content of revisions that nobody has any more and of imports that a kill cut off, as far as nothing refers to it. What a kill interrupts is done again at
 * the next start: a revision is forgotten only when its content is gone. Answers how many files went.
 */
export function cleanContent(services: TestDataServices): Promise<number> {
  return services.turns.take(undefined, async () => {
    const leaving = listLeaving(services.store);
    const interrupted = await listInterrupted(services.content);
    if (leaving.length + interrupted.length === 0) return 0;
    const held = await heldContent(services);
    let removed = 0;
    for (const { hashes, forget } of interrupted) {
      removed += await removeAll(services, { hashes, held });
      await forget();
    }
    for (const { hash, discoveries } of leaving) {
      removed += await removeRevision(services, { hash, discoveries, held });
      forgetLeaving(services.store, hash);
    }
    return removed;
  });
}

async function removeRevision(
  services: TestDataServices,
  { hash, discoveries, held }: { hash: string; discoveries: string[]; held: ReadonlySet<string> },
): Promise<number> {
  // Without the list nobody knows which files it had; it goes last.
  const files = await readRevision(services.content, hash).catch(() => []);
  return removeAll(services, { hashes: [...files.map(({ sha256 }) => sha256), ...discoveries, hash], held });
}

async function removeAll(
  { content }: TestDataServices,
  { hashes, held }: { hashes: string[]; held: ReadonlySet<string> },
): Promise<number> {
  let removed = 0;
  for (const sha256 of new Set(hashes)) {
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
