import { z } from 'zod';
import { Installed } from '../../model/provisioning.ts';
import { ReadyAnswers, RecipeSummary } from '../../model/recipe.ts';
import { Id, Name, Sha256 } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Provisioning'] };
/** Where recipes are looked for besides the built-in ones; the newest revision unless one is given. */
const Source = z.object({ testDataId: Id.optional(), revision: Sha256.optional() });
/** `line`: from 1; null for the file as a whole. */
const AnswerProblem = z.object({ line: z.number().int().nullable(), message: z.string() });
const ShownAnswer = z.object({ path: z.string(), text: z.string(), problems: z.array(AnswerProblem) });

export const provisioning = {
  /** Those of the test data first, then the built-in ones; what cannot be used says why. */
  recipes: procedure
    .route({ method: 'GET', path: '/recipes', ...tag })
    .input(Source)
    .output(z.array(RecipeSummary)),
  /** The recipe as its YAML, for instance to begin another one with it. */
  recipe: procedure
    .route({ method: 'GET', path: '/recipe', ...tag })
    .input(Source.extend({ ref: z.string().min(1).max(500) }))
    .output(z.object({ ref: z.string(), yaml: z.string() })),
  /** The answers that a machine would be given, with dots in place of secrets, and what their installer would stumble over. */
  preview: procedure
    .route({ method: 'POST', path: '/recipes/preview', ...tag })
    .input(
      Source.extend({
        ref: z.string().min(1).max(500),
        answers: ReadyAnswers.nullable().default(null),
        sut: Name,
        image: Name.nullable().default(null),
      }),
    )
    .output(z.object({ label: z.string().nullable(), files: z.array(ShownAnswer) })),
  /** What the harness has put on a SUT; null when nobody knows what is on it. */
  installed: procedure
    .route({ method: 'GET', path: '/suts/{sutId}/installed', ...tag })
    .input(z.object({ sutId: Id }))
    .output(Installed.nullable()),
};
