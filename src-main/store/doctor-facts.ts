import type { ReadableStore } from './handle.ts';

export function listRunIds(store: ReadableStore): Set<string> {
  return new Set(store.prepare<[], string>('SELECT id FROM run').pluck().all());
}

/** Runs that have not ended, or only after `since`: what they started may still be ending. */
export function listLivingRunIds(store: ReadableStore, since: number): Set<string> {
  return new Set(store.prepare<[number], string>("SELECT id FROM run WHERE state <> 'ended' OR ended_at > ?").pluck().all(since));
}

/** Files that libraries and images are made of, with what they are called. */
export function listNamedContents(store: ReadableStore): { sha256: string; name: string }[] {
  return store
    .prepare<[], { sha256: string; name: string }>(
      `SELECT sha256, 'the image ' || name AS name FROM image
       UNION ALL SELECT v.sha256, 'the library ' || l.name || ' ' || v.version FROM library_version AS v JOIN library AS l ON l.id = v.library_id
         WHERE v.sha256 IS NOT NULL
       UNION ALL SELECT sha256, 'the package ' || name || ' ' || version FROM environment_wheel`,
    )
    .all();
}

/** Every revision that some test data have, with their name. */
export function listNamedRevisions(store: ReadableStore): { hash: string; name: string }[] {
  return store
    .prepare<[], { hash: string; name: string }>(
      `SELECT h.hash, 'the test data ' || t.name || ', revision ' || h.number AS name FROM test_data_revision AS h
       JOIN test_data AS t ON t.id = h.test_data_id ORDER BY h.id DESC`,
    )
    .all();
}
