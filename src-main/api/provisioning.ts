import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { RecipeServices } from '../services/provisioning/recipe-services.ts';
import type { Part } from './part.ts';

export function provisioningPart(recipes: RecipeServices): Part<'provisioning'> {
  const procedures = implement(harnessContract.provisioning).$context<ApiContext>();
  return {
    recipes: procedures.recipes.handler(({ input }) => recipes.list(input)),
    recipe: procedures.recipe.handler(({ input }) => recipes.show(input)),
    preview: procedures.preview.handler(({ input }) => recipes.preview(input)),
    installed: procedures.installed.handler(({ input }) => recipes.installed(input.sutId)),
  };
}
