import type { Installed } from '../../src-shared/model/provisioning.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

interface Row extends Omit<Installed, 'image'> {
  imageName: string | null;
  imageSha256: string | null;
}

/** What the harness has put on a SUT; undefined when that is not known. */
export function findInstalled(store: ReadableStore, sutId: string): Installed | undefined {
  const row = store
    .prepare<[string], Row>(
      `SELECT sut_id AS sutId, image_name AS imageName, image_sha256 AS imageSha256, recipe, recipe_sha256 AS recipeSha256,
         answers_sha256 AS answersSha256, at, run_id AS runId, dirty_since AS dirtySince FROM installed WHERE sut_id = ?`,
    )
    .get(sutId);
  if (row === undefined) return undefined;
  const { imageName, imageSha256, ...rest } = row;
  return { ...rest, image: imageName === null || imageSha256 === null ? null : { name: imageName, sha256: imageSha256 } };
}

export function saveInstalled(store: WritableStore, { image, ...installed }: Omit<Installed, 'dirtySince'>): void {
  store
    .prepare(
      `INSERT OR REPLACE INTO installed (sut_id, image_name, image_sha256, recipe, recipe_sha256, answers_sha256, at, run_id)
       VALUES (@sutId, @imageName, @imageSha256, @recipe, @recipeSha256, @answersSha256, @at, @runId)`,
    )
    .run({ ...installed, imageName: image?.name ?? null, imageSha256: image?.sha256 ?? null });
}

/** From now on nobody knows what is on it. */
export function forgetInstalled(store: WritableStore, sutId: string): void {
  store.prepare('DELETE FROM installed WHERE sut_id = ?').run(sutId);
}

export function markDirty(store: WritableStore, sutId: string, at: number): void {
  store.prepare('UPDATE installed SET dirty_since = coalesce(dirty_since, ?) WHERE sut_id = ?').run(at, sutId);
}
