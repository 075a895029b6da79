import { resolve } from 'node:path';
import type { Environment } from '../../../src-shared/model/library.ts';
import { formatBytes } from '../../../src-shared/text/quantities.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Command, CommandContext, HarnessClient } from '../command.ts';
import { wholeNumber } from '../command-line.ts';
import { doneOf } from '../done-of.ts';
import { EXIT } from '../exit-codes.ts';
import { columns } from '../output.ts';
import { UsageError } from '../usage.ts';

const OPTIONS = { full: { type: 'boolean' }, 'unused-days': { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;
const DAY_MS = 86_400_000;

interface Asked {
  words: readonly string[];
  full: boolean;
  dryRun: boolean;
  unusedDays: number;
}

type Deed = (context: CommandContext, asked: Asked) => Promise<number>;

/** How many words each takes behind its name. */
const DEEDS: Readonly<Record<string, { words: number; deed: Deed }>> = {
  list: { words: 0, deed: list },
  build: { words: Infinity, deed: build },
  verify: { words: 1, deed: verify },
  clean: { words: 0, deed: clean },
  export: { words: 2, deed: exportWheelhouse },
  import: { words: 1, deed: importWheelhouse },
};

/** `atn environments [list] | build LIBRARY... | verify LOCK | clean | export LOCK FILE | import FILE`. */
export const environments: Command = (line) => {
  const options = line.options(OPTIONS);
  const [name = 'list', ...words] = line.words;
  const found = Object.hasOwn(DEEDS, name) ? DEEDS[name] : undefined;
  if (found === undefined) throw new UsageError(`environments takes ${Object.keys(DEEDS).join(', ')}, not "${name}".`);
  const fits = found.words === Infinity ? words.length > 0 : words.length === found.words;
  if (!fits) throw new UsageError(`environments ${name}: ${words.length === 0 ? 'something is missing' : `what is "${words.join(' ')}"`}.`);
  const unusedDays = wholeNumber(options['unused-days'], 'unused-days') ?? 0;
  const asked = { words, full: options.full === true, dryRun: options['dry-run'] === true, unusedDays };
  return (context) => found.deed(context, asked);
};

async function list({ client, output }: CommandContext): Promise<number> {
  const found = await client.environments.list();
  output.answer(found, () => (found.length === 0 ? 'No environment of libraries yet.' : columns(found.map(lineOf))));
  return EXIT.passed;
}

function lineOf({ lockHash, state, pythonVersion, robotVersion, packages, size, usedBy, note }: Environment): string[] {
  const versions = `Python ${pythonVersion}, Robot ${robotVersion}, ${packages.length} packages`;
  return [lockHash.slice(0, 8), state, versions, size === null ? '' : formatBytes(size), note ?? usedBy.map(({ name }) => name).join(', ')];
}

/** Libraries by name, each at its newest version. */
async function build({ client, output, interrupted }: CommandContext, { words }: Asked): Promise<number> {
  const registry = await client.libraries.list();
  const libraries = words.map((name) => {
    const library = registry.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (library === undefined)
      throw new WorkbenchError('NOT_FOUND', `There is no library named ${name}. Add it first: atn libraries add ${name}`);
    return { libraryId: library.id };
  });
  const signal = { signal: interrupted };
  const { lock } = await doneOf(await client.environments.lock({ libraries }, signal), output);
  const { environment } = await doneOf(await client.environments.build({ lockHash: lock.hash }, signal), output);
  output.answer(environment, () => columns([lineOf(environment)]));
  return EXIT.passed;
}

async function verify({ client, output }: CommandContext, { words, full }: Asked): Promise<number> {
  const lockHash = await lockNamed(client, words[0] ?? '');
  const { environment, problems } = await client.environments.verify({ lockHash, full });
  output.answer({ environment, problems }, () => (problems.length === 0 ? 'Nothing was changed in it.' : problems.join('\n')));
  return problems.length === 0 ? EXIT.passed : EXIT.error;
}

async function clean({ client, output }: CommandContext, { dryRun, unusedDays }: Asked): Promise<number> {
  const unusedSince = unusedDays === 0 ? {} : { unusedSince: Date.now() - unusedDays * DAY_MS };
  const { removed, freed } = await client.environments.clean({ dryRun, ...unusedSince });
  const what = `${removed.length} environment${removed.length === 1 ? '' : 's'}, ${formatBytes(freed)}`;
  output.answer({ removed, freed, dryRun }, () => (dryRun ? `Would remove ${what}.` : `Removed ${what}.`));
  return EXIT.passed;
}

async function exportWheelhouse({ client, output, interrupted }: CommandContext, { words }: Asked): Promise<number> {
  const lockHash = await lockNamed(client, words[0] ?? '');
  const request = { lockHash, path: resolve(words[1] ?? '') };
  const { path, size, wheels } = await doneOf(await client.environments.exportWheelhouse(request, { signal: interrupted }), output);
  output.answer({ path, size, wheels }, () => `${wheels} wheels, ${formatBytes(size)}: ${path}`);
  return EXIT.passed;
}

async function importWheelhouse({ client, output, interrupted }: CommandContext, { words }: Asked): Promise<number> {
  const path = resolve(words[0] ?? '');
  const { lock } = await doneOf(await client.environments.importWheelhouse({ path }, { signal: interrupted }), output);
  output.answer(lock, () => `Lock ${lock.hash.slice(0, 8)} with ${lock.packages.length} packages can be built without an index.`);
  return EXIT.passed;
}

/** A lock by the beginning of its hash. */
async function lockNamed(client: HarnessClient, start: string): Promise<string> {
  const found = (await client.environments.list()).filter(({ lockHash }) => lockHash.startsWith(start));
  const [first, ...more] = found;
  if (first === undefined) throw new WorkbenchError('NOT_FOUND', `There is no environment whose lock begins with ${start}.`);
  if (more.length > 0) throw new WorkbenchError('BAD_REQUEST', `${found.length} locks begin with ${start}. Write more of the hash.`);
  return first.lockHash;
}
