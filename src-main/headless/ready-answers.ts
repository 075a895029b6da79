import { ReadyAnswers } from '../../src-shared/model/recipe.ts';
import { UsageError } from './usage.ts';

/** Ready-made answers in the place of the recipe's. */
export function readyAnswers(word: string | undefined): ReadyAnswers | null {
  if (word === undefined) return null;
  const known = ReadyAnswers.safeParse(word);
  if (!known.success) throw new UsageError(`--answers takes ${ReadyAnswers.options.join(', ')}, not "${word}".`);
  return known.data;
}
