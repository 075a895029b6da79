import { bringProblems, type BringLimits, type BroughtLibrary } from '../../src-shared/model/bring-limits.ts';
import type { Bringing } from '../../src-shared/model/hub-plans.ts';
import type { HubTestData } from '../../src-shared/model/hub-runs.ts';

export interface BringingChoice {
  readonly libraryIds: readonly string[];
  /** As typed: one a line, or with commas. */
  readonly requirements: string;
  /** Empty = none. */
  readonly imageId: string;
  readonly recipe: string;
}

export const NOTHING_CHOSEN: BringingChoice = { libraryIds: [], requirements: '', imageId: '', recipe: 'virtual-media' };

/** A comma within a requirement (`name>=1,<2`) is followed by a sign, one between two by a name. */
export function toBringing({ libraryIds, requirements, imageId, recipe }: BringingChoice): Bringing {
  const lines = requirements.split(/\n|,(?=\s*[A-Za-z])/u).map((line) => line.trim());
  return {
    libraryIds: [...libraryIds],
    requirements: lines.filter((line) => line !== ''),
    image: imageId === '' ? null : { id: imageId, recipe: recipe.trim() === '' ? 'virtual-media' : recipe.trim(), when: 'whenDifferent' },
  };
}

/** What the lab would say to it, before it is asked; the lab has the last word. */
export function foreseenProblems(limits: BringLimits, bringing: Bringing, images: readonly HubTestData[]): string[] {
  const wheel: BroughtLibrary = { from: 'file', sha256: '', size: 1, fileName: '' };
  const libraries: BroughtLibrary[] = [
    ...bringing.requirements.map((requirement) => ({ from: 'index' as const, requirement })),
    ...bringing.libraryIds.map(() => wheel),
  ];
  const image = images.find(({ id }) => id === bringing.image?.id);
  const brought = image === undefined ? null : { ...image, recipe: '', when: 'always' as const };
  return bringProblems(limits, { libraries, image: brought });
}
