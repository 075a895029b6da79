import type { Installed } from '../../../src-shared/model/provisioning.ts';
import type { ReadyAnswers, RecipeSummary } from '../../../src-shared/model/recipe.ts';
import { WorkbenchError } from '../../errors.ts';
import { findInstalled } from '../../store/installed.ts';
import { findSut, findSutByName } from '../../store/suts.ts';
import { previewAnswers, type ShownAnswer } from './answers/make-answers.ts';
import type { ProvisioningServices } from './provisioning-services.ts';
import { listRecipes, readRecipe, recipeText } from './read-recipe.ts';

interface Source {
  testDataId?: string | undefined;
  revision?: string | undefined;
}

/** What people ask about recipes before they use one. */
export interface RecipeServices {
  list(source: Source): Promise<RecipeSummary[]>;
  show(wanted: Source & { ref: string }): Promise<{ ref: string; yaml: string }>;
  preview(wanted: Source & { ref: string; answers: ReadyAnswers | null; sut: string; image: string | null }): Promise<{
    label: string | null;
    files: ShownAnswer[];
  }>;
  installed(sutId: string): Installed | null;
}

/** `newest` answers the newest revision of test data; undefined when there are no such test data. */
export function createRecipeServices(services: ProvisioningServices, newest: (testDataId: string) => string | undefined): RecipeServices {
  const revisionOf = ({ testDataId, revision }: Source): string | null => {
    if (revision !== undefined || testDataId === undefined) return revision ?? null;
    const found = newest(testDataId);
    if (found === undefined) throw new WorkbenchError('NOT_FOUND', 'These test data do not exist any more.');
    return found;
  };
  return {
    list: (source) => listRecipes(services, revisionOf(source)),
    show: async ({ ref, ...source }) => ({ ref, yaml: await recipeText(services, { ref, of: revisionOf(source) }) }),
    preview: async ({ ref, answers, sut: name, image, ...source }) => {
      const sut = findSutByName(services.store, name);
      if (sut === undefined) throw new WorkbenchError('NOT_FOUND', `There is no SUT named ${name}.`);
      const recipe = await readRecipe(services, { ref, answers, of: revisionOf(source) });
      const known = image === null ? null : (services.images.find(image) ?? null);
      if (image !== null && known === null) throw new WorkbenchError('NOT_FOUND', `There is no image ${image} on this harness.`);
      return { label: recipe.answers?.label ?? null, files: await previewAnswers(services, { recipe, sut, image: known }) };
    },
    installed: (sutId) => {
      if (findSut(services.store, sutId) === undefined) throw new WorkbenchError('NOT_FOUND', 'This SUT does not exist any more.');
      return findInstalled(services.store, sutId) ?? null;
    },
  };
}
