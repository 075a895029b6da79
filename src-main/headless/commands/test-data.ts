import { resolve } from 'node:path';
import type { FileDifference, Hunk } from '../../../src-shared/model/test-data-change.ts';
import type { TestData, TestDataRevision } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Command, CommandContext, HarnessClient } from '../command.ts';
import { doneOf } from '../done-of.ts';
import { EXIT } from '../exit-codes.ts';
import { columns, printable } from '../output.ts';
import { localTime } from '../run-text.ts';
import { UsageError } from '../usage.ts';

const OPTIONS = {
  name: { type: 'string' },
  message: { type: 'string', short: 'm' },
  link: { type: 'boolean', default: false },
  ref: { type: 'string' },
  folder: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  file: { type: 'string' },
  archived: { type: 'boolean', default: false },
} as const;

interface Values {
  name?: string | undefined;
  message?: string | undefined;
  link?: boolean | undefined;
  ref?: string | undefined;
  folder?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  file?: string | undefined;
  archived?: boolean | undefined;
}
type Work = (context: CommandContext) => Promise<number>;
/** One word: a path, an address or the name of test data. */
type Deed = (what: string, values: Values) => Work;

/** `atn test-data [list] | import PATH | import-git URL | diff NAME | archive NAME | unarchive NAME | remove NAME`. */
export const testData: Command = (line) => {
  const values: Values = line.options(OPTIONS);
  const [deed = 'list', what, ...more] = line.words;
  if (more.length > 0) throw new UsageError(`What is "${more.join(' ')}"?`);
  if (deed === 'list' && what === undefined) return list(values);
  const work = DEEDS[deed];
  if (work === undefined) throw new UsageError(`test-data takes list, ${Object.keys(DEEDS).join(', ')}, not "${deed}".`);
  if (what === undefined)
    throw new UsageError(deed === 'import' ? 'PATH is missing.' : deed === 'import-git' ? 'URL is missing.' : 'NAME is missing.');
  return work(what, values);
};

const DEEDS: Readonly<Record<string, Deed>> = {
  import: (path, values) =>
    importing(({ testData: client }, signal) => client.importPath({ path: resolve(path), ...told(values) }, { signal })),
  'import-git': (url, values) =>
    importing(({ testData: client }, signal) =>
      client.importGit(
        {
          url,
          ...told(values),
          ...(values.ref === undefined ? {} : { ref: values.ref }),
          ...(values.folder === undefined ? {} : { subfolder: values.folder }),
        },
        { signal },
      ),
    ),
  diff: (name, values) => diff(name, values),
  archive: (name) => changing(name, 'is in the archive', ({ testData: client }, id) => client.archive({ id })),
  unarchive: (name) => changing(name, 'is out of the archive', ({ testData: client }, id) => client.unarchive({ id })),
  remove: (name) => changing(name, 'is removed', ({ testData: client }, id) => client.remove({ id })),
};

function list({ archived }: Values): Work {
  return async ({ client, output }) => {
    const found = (await client.testData.list()).filter(({ archivedAt }) => archived === true || archivedAt === null);
    output.answer(found, () => (found.length === 0 ? 'No test data yet.' : columns(found.map(lineOf))));
    return EXIT.passed;
  };
}

function lineOf({ name, newest, link, archivedAt }: TestData): string[] {
  const cases = newest.counts === null ? 'not read yet' : `${newest.counts.cases} cases`;
  const newer = link?.state === 'newer' ? 'newer there' : link?.state === 'gone' ? 'link lost' : link === null ? '' : 'linked';
  return [
    name,
    `revision ${newest.number}`,
    cases,
    localTime(newest.createdAt),
    newest.author,
    archivedAt === null ? newer : 'archived',
    placeOf(newest),
  ];
}

function placeOf({ source }: TestDataRevision): string {
  return source.kind === 'git' ? `${source.place} ${source.ref ?? ''} ${source.commit?.slice(0, 12) ?? ''}` : source.place;
}

function told({ name, message, link }: Values): { name?: string; message?: string; link: boolean } {
  return { ...(name === undefined ? {} : { name }), ...(message === undefined ? {} : { message }), link: link === true };
}

type Importing = ReturnType<HarnessClient['testData']['importPath']>;

function importing(start: (client: HarnessClient, signal: AbortSignal) => Importing): Work {
  return async ({ client, output, interrupted }) => {
    const { testData: taken, unchanged, warnings } = await doneOf(await start(client, interrupted), output);
    warnings.forEach((warning) => output.progress(printable(warning)));
    output.answer(
      { testData: taken, unchanged, warnings },
      () => `${printable(taken.name)} revision ${taken.newest.number}${unchanged ? ', known already' : ''}`,
    );
    return EXIT.passed;
  };
}

function changing(name: string, done: string, change: (client: HarnessClient, id: string) => Promise<unknown>): Work {
  return async ({ client, output }) => {
    const { id, name: found } = await named(client, name);
    const answer = await change(client, id);
    output.answer(answer, () => `${printable(found)} ${done}.`);
    return EXIT.passed;
  };
}

/** Without numbers: what the newest revision changed. */
function diff(name: string, values: Values): Work {
  const [from, to] = [numberFrom(values.from, 'from'), numberFrom(values.to, 'to')];
  return async ({ client, output }) => {
    const { id } = await named(client, name);
    const { revisions } = await client.testData.get({ id });
    const newer = to === undefined ? revisions[0] : revisions.find(({ number }) => number === to);
    const older = revisions.find(({ number }) => number === (from ?? newer?.parent));
    if (newer === undefined || (from !== undefined && older === undefined))
      throw new WorkbenchError('NOT_FOUND', `${name} has no such revision.`);
    const between = { to: newer.hash, ...(older === undefined ? {} : { from: older.hash }) };
    const { files } = await client.testData.diff(between);
    if (values.file === undefined) {
      output.answer(files, () => (files.length === 0 ? 'Nothing differs.' : columns(files.map(differenceLine))));
      return EXIT.passed;
    }
    const file = files.find(({ path, oldPath }) => path === values.file || oldPath === values.file);
    if (file === undefined) throw new WorkbenchError('NOT_FOUND', `${values.file} does not differ between these revisions.`);
    const found = await client.testData.diffFile({ ...between, ...pathsOf(file) });
    output.answer(found, () => (found.form === 'text' ? found.hunks.map(hunkText).join('\n') : FORMS[found.form]));
    return EXIT.passed;
  };
}

const FORMS = { binary: 'It is no text.', large: 'It is too long to be shown.', ends: 'Only the ends of lines differ.' } as const;

function differenceLine({ kind, path, oldPath }: FileDifference): string[] {
  return [kind, oldPath === null ? path : `${oldPath} -> ${path}`];
}

function pathsOf({ kind, path, oldPath }: FileDifference): { path?: string; oldPath?: string } {
  return { ...(kind === 'removed' ? {} : { path }), ...(kind === 'added' ? {} : { oldPath: oldPath ?? path }) };
}

function hunkText({ oldStart, oldLines, newStart, newLines, lines }: Hunk): string {
  const marks = { same: ' ', removed: '-', added: '+' } as const;
  return [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines.map(({ kind, text }) => marks[kind] + printable(text))].join(
    '\n',
  );
}

async function named(client: HarnessClient, name: string): Promise<TestData> {
  const all = await client.testData.list();
  const found =
    all.find((each) => each.id === name || each.name === name) ?? all.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new WorkbenchError('NOT_FOUND', `There are no test data named ${name}.`);
  return found;
}

function numberFrom(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/u.test(text)) throw new UsageError(`--${option} takes the number of a revision, not "${text}".`);
  return Number(text);
}
