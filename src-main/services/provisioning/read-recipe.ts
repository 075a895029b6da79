import { parse } from 'yaml';
import { z } from 'zod';
import { ReadyAnswers, Recipe, sayStep, type RecipeStep, type RecipeSummary } from '../../../src-shared/model/recipe.ts';
import type { RevisionFile } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { tellsAnswers } from './answers/make-answers.ts';
import { READY_ANSWERS } from './answers/ready-made.ts';
import { BUILT_IN_RECIPES } from './built-in-recipes.ts';
import type { ProvisioningServices } from './provisioning-services.ts';

type Services = Pick<ProvisioningServices, 'revision'>;

const IS_RECIPE = /\.recipe\.ya?ml$/iu;

/** Every recipe that a run of this revision could use, those that cannot be used included; null: only those without test data. */
export async function listRecipes({ revision }: Services, of: string | null): Promise<RecipeSummary[]> {
  const builtIn = Object.entries(BUILT_IN_RECIPES).map(([ref, text]) => summaryOf({ ref, text, builtIn: true }));
  if (of === null) return builtIn;
  const files = (await revision.files(of)).filter(({ path }) => IS_RECIPE.test(path));
  const own = await Promise.all(
    files.map(async (file) => summaryOf({ ref: file.path, text: (await revision.text(file)) ?? '', builtIn: false })),
  );
  return [...own, ...builtIn];
}

function summaryOf({ ref, text, builtIn }: { ref: string; text: string; builtIn: boolean }): RecipeSummary {
  const { recipe, problem } = parseRecipe(text);
  return {
    ref,
    builtIn,
    name: recipe?.recipe ?? ref,
    doc: recipe?.doc ?? '',
    image: recipe?.image ?? 'none',
    steps: recipe?.steps.map(sayStep) ?? [],
    answers: recipe?.answers?.files.map(({ path }) => path) ?? [],
    problem,
  };
}

/** A recipe as it is written. */
export async function recipeText({ revision }: Services, { ref, of }: { ref: string; of: string | null }): Promise<string> {
  const file = (of === null ? [] : await revision.files(of)).find(({ path }) => path === ref);
  const text = file === undefined ? BUILT_IN_RECIPES[ref] : await revision.text(file);
  if (text !== undefined && text !== null) return text;
  throw new WorkbenchError(
    'NOT_FOUND',
    `There is no recipe ${ref}. Name a built-in one or a file of the test data that ends in .recipe.yaml.`,
  );
}

/** A recipe with its templates in it, so that nothing else is needed to carry it out. Refused with what is wrong in it. */
export async function readRecipe(
  { revision }: Services,
  { ref, of, answers: ready }: { ref: string; of: string | null; answers: ReadyAnswers | null },
): Promise<Recipe> {
  const files = of === null ? [] : await revision.files(of);
  const text = await recipeText({ revision }, { ref, of });
  const { recipe, problem } = parseRecipe(text);
  if (recipe === null) throw new WorkbenchError('BAD_REQUEST', `The recipe ${ref} cannot be used. ${problem ?? ''}`);
  const folder = ref.includes('/') ? ref.slice(0, ref.lastIndexOf('/') + 1) : '';
  recipe.steps = recipe.steps.map((step) => (step.do === 'robot' ? withSuite(step, files, folder + step.suite) : step));
  if (ready !== null) return withReadyAnswers(recipe, ready);
  if (recipe.answers === null) return recipe;
  const answers = await Promise.all(
    recipe.answers.files.map(async ({ path, text: own, template }) => ({
      path,
      text: own ?? (await templateOf({ revision }, files, folder + (template ?? ''))),
    })),
  );
  return { ...recipe, answers: { ...recipe.answers, files: answers } };
}

function withSuite(step: Extract<RecipeStep, { do: 'robot' }>, files: readonly RevisionFile[], suite: string): RecipeStep {
  if (files.some(({ path }) => path === suite)) return { ...step, suite };
  throw new WorkbenchError('NOT_FOUND', `The recipe runs the suite ${suite}, which is no file of the test data.`);
}

async function templateOf({ revision }: Services, files: readonly RevisionFile[], path: string): Promise<string> {
  const file = files.find((each) => each.path === path);
  const text = file === undefined ? null : await revision.text(file);
  if (text === null)
    throw new WorkbenchError('NOT_FOUND', `The recipe needs the template ${path}, which is no text file of the test data.`);
  return text;
}

/** Unless a step hands over answers already, they are inserted right after the image. */
function withReadyAnswers(recipe: Recipe, name: ReadyAnswers): Recipe {
  const { label, files } = READY_ANSWERS[name];
  const handed = tellsAnswers(recipe) || recipe.steps.some((step) => step.do === 'insert' && step.what === 'answers');
  const insert: RecipeStep = { do: 'insert', what: 'answers', tries: 2 };
  const steps = recipe.steps.flatMap((step) => (!handed && step.do === 'insert' ? [step, insert] : [step]));
  if (!handed && steps.length === recipe.steps.length)
    throw new WorkbenchError(
      'BAD_REQUEST',
      `The recipe ${recipe.recipe} has no step that hands over answers: one that inserts them, or tells {{ answers.url }}.`,
    );
  return { ...recipe, steps, answers: { label, files } };
}

/** `answers: { use: kickstart }` stands for the ready-made ones. */
function withUsed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('answers' in value)) return value;
  const used = z.strictObject({ use: ReadyAnswers }).safeParse(value.answers);
  if (!used.success) return value;
  const { label, files } = READY_ANSWERS[used.data.use];
  return { ...value, answers: { label, files } };
}

export function parseRecipe(text: string): { recipe: Recipe; problem: null } | { recipe: null; problem: string } {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    return { recipe: null, problem: `It is no YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}` };
  }
  const read = Recipe.safeParse(withUsed(value));
  if (!read.success) {
    const [issue] = read.error.issues;
    return { recipe: null, problem: `${issue?.path.map(String).join('.') || 'The file'}: ${issue?.message ?? 'it is no recipe'}` };
  }
  const inserts = read.data.steps.some((step) => step.do === 'insert' && step.what === 'answers');
  const called = /\bcallBack\.url\b/u.test(text) && !read.data.steps.some((step) => step.do === 'waitCallBack');
  if (called) return { recipe: null, problem: 'It names callBack.url, but no step waits for the call (waitCallBack).' };
  if (inserts && read.data.answers === null) return { recipe: null, problem: 'A step inserts the answers, but the recipe has none.' };
  return { recipe: read.data, problem: null };
}
