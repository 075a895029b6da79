import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DoctorCheck } from '../../../src-shared/model/doctor.ts';
import { formatBytes } from '../../../src-shared/text/quantities.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Command, CommandContext } from '../command.ts';
import { wholeNumber } from '../command-line.ts';
import { doneOf } from '../done-of.ts';
import { EXIT } from '../exit-codes.ts';
import { columns, printable } from '../output.ts';
import { UsageError } from '../usage.ts';

const BUNDLE = { bundle: { type: 'string' }, 'mask-names': { type: 'boolean' }, 'test-content': { type: 'boolean' } } as const;

/** `atn doctor [--thorough] | --repair N [--yes]`: exit 0 when nothing is broken; warnings alone do not fail a script. */
export const doctor: Command = (line) => {
  const values = line.options({ thorough: { type: 'boolean' }, repair: { type: 'string' }, yes: { type: 'boolean' }, ...BUNDLE });
  const number = wholeNumber(values.repair, 'repair', 1);
  if (line.words.length > 0) throw new UsageError(`doctor takes no words; what is "${line.words.join(' ')}"?`);
  if (values.yes === true && number === undefined) throw new UsageError('--yes agrees to what --repair N says it will do.');
  if (values.bundle !== undefined) return bundle(resolve(values.bundle), values);
  if (values['mask-names'] === true || values['test-content'] === true)
    throw new UsageError('--mask-names and --test-content belong to --bundle FILE.');
  if (number !== undefined) return (context) => repair(context, number, values.yes === true);
  return async (context) => {
    const checks = await look(context, values.thorough === true);
    context.output.answer(checks, () => checks.map(textOf).join('\n'));
    return checks.some(({ outcome }) => outcome === 'broken') ? EXIT.error : EXIT.passed;
  };
};

/** Says what is in it first; refuses a file that is there already. */
function bundle(path: string, wish: { 'mask-names'?: boolean | undefined; 'test-content'?: boolean | undefined }) {
  return async ({ client, output, interrupted }: CommandContext): Promise<number> => {
    const wanted = { maskNames: wish['mask-names'] === true, testContent: wish['test-content'] === true };
    const preview = await client.system.previewBundle(wanted, { signal: interrupted });
    const rows = preview.files.map(({ name, what, size, masked }) => [
      name,
      formatBytes(size),
      masked === 0 ? '' : `${masked} masked`,
      what,
    ]);
    output.progress(columns(rows));
    const { content } = await client.system.takeBundle({ id: preview.id });
    await writeFile(path, Buffer.from(content, 'base64'), { flag: 'wx', mode: 0o600 }).catch((cause: unknown) => {
      const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
      throw new WorkbenchError('BAD_REQUEST', `${path} ${exists ? 'exists already. Choose another name.' : 'cannot be written.'}`, {
        cause,
      });
    });
    const files = preview.files.map(({ name, size, masked }) => ({ name, size, masked }));
    output.answer({ path, size: preview.size, files }, () => `${path}, ${formatBytes(preview.size)}`);
    return EXIT.passed;
  };
}

async function look({ client, output, interrupted }: CommandContext, thorough: boolean): Promise<DoctorCheck[]> {
  if (!thorough) return client.system.doctor();
  let said = '';
  for await (const news of await client.system.examine({ thorough }, { signal: interrupted })) {
    if (news.type === 'done') return news.checks;
    if (news.type !== 'looking' || news.progress.step === said) continue;
    said = news.progress.step;
    output.progress(`${said} (${news.progress.done ?? 0} of ${news.progress.total ?? 0})`);
  }
  throw new WorkbenchError('CANCELLED', 'The look was cancelled.');
}

function textOf({ number, outcome, title, detail, lines, repair, remedy }: DoctorCheck): string {
  const offer = remedy === null ? '' : ` [atn doctor --repair ${number}: ${remedy.verb}]`;
  const head = columns([
    [String(number).padStart(2), outcome.padEnd(7), title.padEnd(22), `${[detail, repair ?? ''].join(' ').trim()}${offer}`],
  ]);
  return [head, ...lines.map(({ text }) => `    - ${printable(text)}`)].join('\n');
}

/** Says what it will do; where somebody would be hurt, it does so only when that was agreed to. */
async function repair({ client, output, interrupted }: CommandContext, number: number, agreed: boolean): Promise<number> {
  const found = (await client.system.doctor()).find((check) => check.number === number);
  if (found === undefined) throw new WorkbenchError('NOT_FOUND', `There is no check ${number}: \`atn doctor\` lists them.`);
  const { title, detail, remedy, repair: advice } = found;
  if (remedy === null)
    throw new WorkbenchError('CONFLICT', `Nothing can be repaired at ${number}, ${title}: ${detail} ${advice ?? ''}`.trim());
  output.progress(`${number} ${title}: ${detail}`);
  output.progress(`${remedy.verb}: ${remedy.does}`);
  if (remedy.hurts !== null) output.progress(remedy.hurts);
  if (remedy.hurts !== null && !agreed) throw new WorkbenchError('CONFIRM_FIRST', `${remedy.does} ${remedy.hurts} Say --yes to do it.`);
  const done = await doneOf(await client.system.repair({ number, mark: remedy.mark }, { signal: interrupted }), output);
  output.answer({ said: done.said, check: done.check }, () => `${done.said}\n${textOf(done.check)}`);
  return done.check.outcome === 'fine' ? EXIT.passed : EXIT.error;
}
