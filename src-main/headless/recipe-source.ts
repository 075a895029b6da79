import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { WorkbenchError } from '../errors.ts';
import type { CommandContext } from './command.ts';
import { importPath } from './wanted-run.ts';

/** Test data whose recipes can be named besides the built-in ones: a path is imported, a name is looked up. */
export async function dataOf(context: CommandContext, word: string | undefined): Promise<{ testDataId?: string }> {
  if (word === undefined) return {};
  if (existsSync(resolve(word))) return { testDataId: await importPath(context, resolve(word)) };
  const found = (await context.client.testData.list()).find(({ id, name }) => id === word || name === word);
  if (found === undefined)
    throw new WorkbenchError(
      'NOT_FOUND',
      `There is neither a file ${resolve(word)} nor test data named ${word}. "atn test-data" lists them.`,
    );
  return { testDataId: found.id };
}
