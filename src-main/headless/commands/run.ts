import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Run } from '../../../src-shared/model/run.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Command, CommandContext, HarnessClient } from '../command.ts';
import { onlyWord, wholeNumber, type CommandLine } from '../command-line.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { failureLine, runJson, runText } from '../run-text.ts';
import { watchRun } from '../watch-run.ts';

const OPTIONS = {
  sut: { type: 'string', multiple: true },
  condition: { type: 'string' },
  variable: { type: 'string', short: 'v', multiple: true },
  include: { type: 'string', short: 'i', multiple: true },
  exclude: { type: 'string', short: 'e', multiple: true },
  test: { type: 'string', short: 't', multiple: true },
  suite: { type: 'string', short: 's', multiple: true },
  timeout: { type: 'string' },
  silence: { type: 'string' },
  name: { type: 'string' },
} as const;

type Request = Parameters<HarnessClient['runs']['start']>[0];
type Values = ReturnType<CommandLine['options']> & {
  [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K] extends { multiple: true } ? string[] : string;
};

/** `atn run PATH`: import (nothing is stored twice), start, watch to the end; the exit code says the verdict. */
export const run: Command = (line) => {
  const values: Values = line.options(OPTIONS);
  const path = resolve(onlyWord(line, 'PATH'));
  const limits = limitsFrom(values);
  return async (context) => {
    const condition = values.condition === undefined ? {} : { condition: await readCondition(values.condition) };
    const testDataId = await importPath(context, path);
    const request = { ...requestFrom(values, { robotOptions: line.rest, ...limits }), ...condition, testDataId };
    return runToEnd(context, request);
  };
};

async function runToEnd(context: CommandContext, request: Request): Promise<number> {
  const { client, output } = context;
  const started = await client.runs.start(request);
  output.progress(`run ${started.id} ${started.name}`);
  const ended = await watchRun(context, started.id);
  output.answer(runJson(ended), () => runText(ended));
  if (!output.json) await tellFailures(client, ended, output.progress.bind(output));
  return exitCodeOf(ended.verdict);
}

async function importPath({ client, output, interrupted }: CommandContext, path: string): Promise<string> {
  const events = await client.testData.importPath({ path }, { signal: interrupted });
  for await (const event of events) {
    if (event.type === 'done') {
      const { newest, name } = event.testData;
      output.progress(`test data ${name} ${newest.hash.slice(0, 8)}${event.unchanged ? ', known already' : ''}`);
      return event.testData.id;
    }
  }
  throw new WorkbenchError('CANCELLED', 'The import was cancelled. Nothing was kept.');
}

function requestFrom(values: Values, options: NonNullable<Request['options']>): Omit<Request, 'testDataId'> {
  return {
    suts: values.sut ?? [],
    selection: {
      include: values.include ?? [],
      exclude: values.exclude ?? [],
      suites: values.suite ?? [],
      tests: values.test ?? [],
    },
    options: { ...options, variables: values.variable ?? [] },
    ...(values.name === undefined ? {} : { name: values.name }),
  };
}

function limitsFrom(values: Values): { timeLimitMs: number | null; silenceLimitMs: number | null } {
  const inMilliseconds = (seconds: number | undefined): number | null => (seconds === undefined ? null : seconds * 1000);
  return {
    timeLimitMs: inMilliseconds(wholeNumber(values.timeout, 'timeout', 1)),
    silenceLimitMs: inMilliseconds(wholeNumber(values.silence, 'silence', 1)),
  };
}

async function readCondition(file: string): Promise<{ name: string; yaml: string }> {
  const path = resolve(file);
  try {
    return { name: basename(path).replace(/\.ya?ml$/iu, ''), yaml: await readFile(path, 'utf8') };
  } catch (cause) {
    throw new WorkbenchError('NOT_FOUND', `The condition file ${path} cannot be read. Check its name and rights.`, { cause });
  }
}

async function tellFailures(client: HarnessClient, { id, counts }: Run, tell: (text: string) => void): Promise<void> {
  if (counts.failed === 0) return;
  const { failures, total } = await client.record.failures({ id, limit: 20 });
  tell(`failed, ${total} in all:`);
  for (const { test, message } of failures) tell(failureLine(test.name, message));
}
