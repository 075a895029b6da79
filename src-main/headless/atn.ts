import { ORPCError } from '@orpc/client';
import { version } from '../../package.json' with { type: 'json' };
import type { ErrorData } from '../../src-shared/contract/errors.ts';
import { asWorkbenchError } from '../errors.ts';
import { readCommandLine, type CommandLine } from './command-line.ts';
import { COMMANDS } from './commands/index.ts';
import { connect } from './connect.ts';
import { EXIT } from './exit-codes.ts';
import { Output } from './output.ts';
import { serve } from './serve.ts';
import { USAGE, UsageError } from './usage.ts';

/** Runs one command line and answers its exit code. */
async function atn(parameters: string[]): Promise<number> {
  const line = readCommandLine(parameters);
  const output = new Output(line.json);
  if (line.help) return say(USAGE);
  if (line.version) return say(`${version}\n`);
  try {
    return await dispatch(line, output);
  } catch (error) {
    return explain(error, output);
  }
}

async function dispatch(line: CommandLine, output: Output): Promise<number> {
  if (line.command === 'serve') return serve(line, output);
  const command = Object.hasOwn(COMMANDS, line.command ?? '') ? COMMANDS[line.command ?? ''] : undefined;
  if (command === undefined)
    throw new UsageError(line.command === null ? 'A command is missing.' : `There is no command "${line.command}".`);
  const work = command(line);
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  process.once('SIGTERM', () => interrupt.abort());
  const { client, close } = await connect(line.home, { person: line.person, demo: line.demo, throwAway: line.throwAway });
  try {
    return await work({ output, client, interrupted: interrupt.signal });
  } finally {
    await close();
  }
}

function explain(error: unknown, output: Output): number {
  if (error instanceof UsageError) {
    output.error(`${error.message}\n\n${USAGE}`);
    return EXIT.wrongUse;
  }
  const { code, message, data } = known(error);
  if (output.json) output.answer({ error: { code, message, ...data } }, () => '');
  output.error(`${message} (${code})`);
  for (const { message: reason } of data.reasons) output.error(`  ${reason}`);
  for (const detail of data.details) output.error(`  ${detail}`);
  output.error(`  correlation id ${data.correlationId}`);
  return EXIT.error;
}

/** Errors of a harness in another process come as data of the contract; those of this process are our own. */
function known(error: unknown): { code: string; message: string; data: ErrorData } {
  if (error instanceof ORPCError && error.data !== undefined) return error as { code: string; message: string; data: ErrorData };
  return asWorkbenchError(error instanceof ORPCError ? error.cause : error);
}

function say(text: string): number {
  process.stdout.write(text);
  return EXIT.passed;
}

process.exitCode = await atn(process.argv.slice(2));
