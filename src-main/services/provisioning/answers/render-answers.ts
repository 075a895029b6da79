import type { Liquid, LiquidError } from 'liquidjs';
import { WorkbenchError } from '../../../errors.ts';

/** What one rendering may cost: characters parsed, ms, and objects made. */
const LIMITS = { parseLimit: 1_000_000, renderLimit: 2000, memoryLimit: 10_000_000 };

let engine: Promise<Liquid> | undefined;

/** Loaded with the first answers: the start of the app does not wait for it. */
async function startEngine(): Promise<Liquid> {
  const { Liquid: Engine } = await import('liquidjs');
  const started = new Engine({
    strictVariables: true,
    // What is not there may be asked for by a condition or have a default, and nothing else.
    lenientIf: true,
    strictFilters: true,
    // A template sees what it is given and nothing that JavaScript hangs on to it.
    ownPropertyOnly: true,
    // No template reads another file, neither of the disk nor of the modules around it.
    relativeReference: false,
    templates: {},
    ...LIMITS,
  });
  started.registerFilter('shell', (value: unknown) => `'${text(value).replaceAll("'", String.raw`'\''`)}'`);
  started.registerFilter('yaml', (value: unknown) => JSON.stringify(text(value)));
  started.registerFilter('base64', (value: unknown) => Buffer.from(text(value), 'utf8').toString('base64'));
  return started;
}

/** Numbers and truths as they are written; of lists and objects nothing sensible could be put between quotes. */
function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Puts values into a template (`{{ sut.name }}`). A name that is not known and a mistake in the template are refused, with the line. */
export async function renderTemplate(template: { path: string; text: string }, values: object): Promise<string> {
  try {
    return (await (await (engine ??= startEngine())).parseAndRender(template.text, values)) as string;
  } catch (error) {
    const { message } = error as LiquidError;
    throw new WorkbenchError('BAD_REQUEST', `${template.path}: ${message.split('\n')[0] ?? 'it cannot be rendered'}.`, { cause: error });
  }
}
