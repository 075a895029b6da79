import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LibrarySpec } from '../../../src-shared/contract/harness/libraries.ts';
import type { TestLibrary } from '../../../src-shared/model/library.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Command, HarnessClient } from '../command.ts';
import { doneOf } from '../done-of.ts';
import { EXIT } from '../exit-codes.ts';
import { columns } from '../output.ts';
import { UsageError } from '../usage.ts';

const OPTIONS = { ref: { type: 'string' }, 'test-data': { type: 'string' } } as const;

/** `atn libraries [list] | add SPEC | remove NAME`. */
export const libraries: Command = (line) => {
  const options = line.options(OPTIONS);
  const [deed = 'list', what, ...more] = line.words;
  if (more.length > 0) throw new UsageError(`What is "${more.join(' ')}"?`);
  if (deed === 'list' && what === undefined) return list;
  if (what === undefined) throw new UsageError(deed === 'add' ? 'What is to be added?' : `What is "${deed}"?`);
  if (deed === 'add') return add(specFrom(what, options.ref), options['test-data']);
  if (deed === 'remove') return remove(what);
  throw new UsageError(`libraries takes list, add or remove, not "${deed}".`);
};

const list: ReturnType<Command> = async ({ client, output }) => {
  const found = await client.libraries.list();
  output.answer(found, () => (found.length === 0 ? 'No library yet.' : columns(found.map(lineOf))));
  return EXIT.passed;
};

function lineOf({ name, versions, importNames, usedBy }: TestLibrary): string[] {
  const [newest] = versions;
  return [name, newest?.version ?? '', newest?.source ?? '', importNames.join(', '), usedBy.map((user) => user.name).join(', ')];
}

/** A path that is there, the address of a repository, or a requirement. */
function specFrom(what: string, ref: string | undefined): LibrarySpec {
  const address = what.replace(/^git\+/u, '');
  if (address !== what || /\.git$/u.test(what)) return { from: 'git', url: address, ...(ref === undefined ? {} : { ref }) };
  if (ref !== undefined) throw new UsageError('--ref goes with the address of a git repository.');
  return existsSync(what) ? { from: 'path', path: resolve(what) } : { from: 'requirement', requirement: what };
}

function add(spec: LibrarySpec, testData: string | undefined): ReturnType<Command> {
  return async ({ client, output, interrupted }) => {
    const testDataId = testData === undefined ? undefined : await testDataNamed(client, testData);
    const { library, versionId, unchanged } = await doneOf(await client.libraries.add(spec, { signal: interrupted }), output);
    if (testDataId !== undefined) await client.libraries.attach({ testDataId, libraryId: library.id });
    const version = library.versions.find(({ id }) => id === versionId)?.version ?? '';
    output.answer({ library, versionId, unchanged }, () => `${library.name} ${version}${unchanged ? ', known already' : ''}`);
    return EXIT.passed;
  };
}

async function testDataNamed(client: HarnessClient, name: string): Promise<string> {
  const found = (await client.testData.list()).find((each) => each.name === name || each.id === name);
  if (found === undefined) throw new WorkbenchError('NOT_FOUND', `There are no test data named ${name}.`);
  return found.id;
}

function remove(name: string): ReturnType<Command> {
  return async ({ client, output }) => {
    const found = (await client.libraries.list()).find((each) => each.name.toLowerCase() === name.toLowerCase() || each.id === name);
    if (found === undefined) throw new WorkbenchError('NOT_FOUND', `There is no library named ${name}.`);
    await client.libraries.remove({ id: found.id });
    output.answer({ removed: found.id }, () => `${found.name} is removed.`);
    return EXIT.passed;
  };
}
