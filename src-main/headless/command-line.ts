import { parseArgs, type ParseArgsConfig } from 'node:util';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defaultHome } from '../home.ts';
import { UsageError } from './usage.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/** Options that every command knows. */
const COMMON = {
  home: { type: 'string' },
  as: { type: 'string' },
  json: { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const satisfies OptionsConfig;

export interface CommandLine {
  command: string | null;
  /** Words after the command that are no options. */
  words: string[];
  /** What stood behind a bare `--`. */
  rest: string[];
  home: string;
  /** For whom it is done: a colleague; undefined = who runs the command. */
  person: string | undefined;
  json: boolean;
  /** With the machines of the demo lab; on a home that is thrown away, unless one is named. */
  demo: boolean;
  throwAway: boolean;
  help: boolean;
  version: boolean;
  /** Parses the command's own options; throws UsageError for anything unknown. */
  options<T extends OptionsConfig>(own: T): ReturnType<typeof parseArgs<{ options: T }>>['values'];
}

/** Splits a command line. The command's options are parsed by the command, so each names its own. */
export function readCommandLine(parameters: string[], environment: NodeJS.ProcessEnv = process.env): CommandLine {
  const divider = parameters.indexOf('--');
  const before = divider < 0 ? parameters : parameters.slice(0, divider);
  const rest = divider < 0 ? [] : parameters.slice(divider + 1);
  const [first, ...others] = before;
  const hasCommand = first !== undefined && !first.startsWith('-');
  const args = hasCommand ? others : before;
  // Only the common options are read here: what else stands there belongs to the command and is read by it.
  const { values } = parseArgs({ args, options: COMMON, strict: false, allowPositionals: true });
  const demo = values.demo === true;
  const named = typeof values.home === 'string' ? values.home : undefined;
  const throwAway = demo && named === undefined;
  const home = named ?? (throwAway ? mkdtempSync(join(tmpdir(), 'atn-demo-')) : environment['ATN_HOME']);
  const line: CommandLine = {
    command: hasCommand ? first : null,
    words: [],
    rest,
    home: resolve(home === undefined || home === '' ? defaultHome(environment) : home),
    person: typeof values.as === 'string' && values.as.trim() !== '' ? values.as.trim() : undefined,
    json: values.json === true,
    demo,
    throwAway,
    help: values.help === true,
    version: values.version === true,
    options: (own) => {
      const parsed = parseStrictly(args, { ...COMMON, ...own });
      line.words = parsed.positionals;
      return parsed.values as never;
    },
  };
  return line;
}

function parseStrictly(args: string[], options: OptionsConfig): { values: object; positionals: string[] } {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The only word of a command that takes exactly one. */
export function onlyWord(line: CommandLine, what: string): string {
  const [word, ...more] = line.words;
  if (word === undefined || word === '') throw new UsageError(`${what} is missing.`);
  if (more.length > 0) throw new UsageError(`One ${what} is enough; what is "${more.join(' ')}"?`);
  return word;
}

/** A whole number of at least `least`; undefined when the option was not given. */
export function wholeNumber(text: string | undefined, name: string, least = 0): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new UsageError(`--${name} takes a whole number of at least ${least}, not "${text}".`);
  return value;
}
