import type { IpmiClient } from '../client/client.js';
import { UsageError } from './options.js';

/** One command of the command line: its words, what follows them, what it does, and its answer as text. */
export interface CliCommand<T = unknown> {
  readonly words: string;
  readonly usage?: string;
  readonly help: string;
  run(client: IpmiClient, rest: readonly string[]): Promise<T>;
  text(value: T): string;
}

/** Keeps the type between `run` and `text`. */
export function cliCommand<T>(command: CliCommand<T>): CliCommand {
  return command;
}

/** The longest command whose words begin the line, and the words after it. */
export function findCommand(commands: readonly CliCommand[], words: readonly string[]): { command: CliCommand; rest: readonly string[] } {
  const line = `${words.join(' ')} `;
  const fitting = commands.filter((command) => line.startsWith(`${command.words} `)).sort((a, b) => b.words.length - a.words.length);
  const command = fitting[0];
  if (command === undefined) throw new UsageError(`unknown command: ${words.join(' ')}`);
  return { command, rest: words.slice(command.words.split(' ').length) };
}

/** One of a list of words, or UsageError. */
export function oneOf<const T extends string>(word: string | undefined, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === word);
  if (found === undefined)
    throw new UsageError(`${word === undefined ? 'one more word' : JSON.stringify(word)} is wanted here as one of: ${allowed.join(', ')}`);
  return found;
}

/** A number in decimal or with 0x, or UsageError. */
export function wholeNumber(word: string | undefined, what: string): number {
  const value = Number(word);
  if (word === undefined || word === '' || !Number.isInteger(value) || value < 0)
    throw new UsageError(`${what} is wanted, not ${JSON.stringify(word ?? '')}`);
  return value;
}
