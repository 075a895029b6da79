import type { BroughtImage, BroughtLibrary } from '../../src-shared/model/bring-limits.ts';
import type { Bringing } from '../../src-shared/model/hub-plans.ts';
import type { HubContentKind } from '../../src-shared/model/hub-runs.ts';
import { HubError } from '../errors.ts';
import type { HubStore } from '../store/tables.ts';
import { findTestData, type TestDataRow } from '../store/runs.ts';

/** What a wish names by hash, of what somebody chose here. Throws NOT_FOUND where it was removed. */
export async function resolveBringing(
  write: HubStore,
  { libraryIds, requirements, image }: Bringing,
): Promise<{ libraries?: BroughtLibrary[]; image?: BroughtImage }> {
  const libraries: BroughtLibrary[] = requirements.map((requirement) => ({ from: 'index', requirement }));
  for (const id of libraryIds) {
    const { sha256, size, file_name: fileName } = await needContent(write, id, 'library');
    libraries.push({ from: 'file', sha256, size, fileName });
  }
  const given = libraries.length === 0 ? {} : { libraries };
  if (image === null) return given;
  const { sha256, size, name } = await needContent(write, image.id, 'image');
  return { ...given, image: { sha256, size, name, recipe: image.recipe, when: image.when } };
}

const WORDS: Readonly<Record<HubContentKind, string>> = {
  suites: 'These test data do not exist (any more). Bring them again.',
  library: 'A library that was chosen does not exist (any more). Bring it again, or leave it out.',
  image: 'The image that was chosen does not exist (any more). Bring it again, or leave it out.',
};

export async function needContent(write: HubStore, id: string, kind: HubContentKind): Promise<TestDataRow> {
  const row = await findTestData(write, id);
  if (row?.kind !== kind) throw new HubError('NOT_FOUND', WORDS[kind]);
  return row;
}

/**
 * An older workbench would leave out what it does not know and run without it, or set the whole wish aside. Throws CONFLICT. `policy`: as the lab
 * said it, JSON; null = it has not said yet.
 */
export function demandKnown(policy: string | null, brought: { libraries?: unknown; image?: unknown }): void {
  const said = policy === null ? null : (JSON.parse(policy) as { runs?: unknown; bring?: unknown });
  if (said !== null && said.runs == null)
    throw new HubError('CONFLICT', 'The workbench of this lab is older and runs nothing for remote people. Ask its owner to update.');
  if (brought.libraries === undefined && brought.image === undefined) return;
  if (said?.bring == null)
    throw new HubError(
      'CONFLICT',
      'The workbench of this lab is older and takes suites only. Leave libraries and image out, or ask its owner to update.',
    );
}
