import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { TestPlan } from '../../src-shared/model/plan.ts';
import { WorkbenchError } from '../errors.ts';
import type { CommandContext, HarnessClient } from './command.ts';
import { onlyWord, wholeNumber, type CommandLine } from './command-line.ts';
import { conditionNamed, findPlan } from './find-plan.ts';
import { IMAGE_SOURCE, imageSourceFrom } from './image-source.ts';
import { readyAnswers } from './ready-answers.ts';
import { oneOf } from './sub-command.ts';
import { UsageError } from './usage.ts';

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
  image: { type: 'string' },
  ...IMAGE_SOURCE,
  recipe: { type: 'string' },
  answers: { type: 'string' },
  provision: { type: 'string' },
  keep: { type: 'string' },
} as const;

export type Request = Parameters<HarnessClient['runs']['start']>[0];
type RunOptions = NonNullable<Request['options']>;
type Values = ReturnType<CommandLine['options']> & {
  [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K] extends { multiple: true } ? string[] : string;
};

/** What `atn run` and `atn check` are asked for: a path is imported (nothing is stored twice), a plan is taken as it is now. */
export function wantedRun(line: CommandLine): (context: CommandContext) => Promise<Request> {
  const values: Values = line.options(OPTIONS);
  const word = onlyWord(line, 'PLAN or PATH');
  const limits = limitsFrom(values);
  const provisioning = provisioningFrom(values);
  return async (context) => {
    const plan = existsSync(resolve(word)) ? undefined : await findPlan(context.client, word);
    const condition = values.condition === undefined ? {} : await conditionFrom(context.client, values.condition);
    const common = { suts: values.sut ?? [], ...condition, ...(values.name === undefined ? {} : { name: values.name }), ...provisioning };
    if (plan !== undefined) return { ...common, ...overrides(plan, values, { rest: line.rest, ...limits }), planId: plan.id };
    const options = { robotOptions: line.rest, ...limits, variables: values.variable ?? [] };
    return { ...common, selection: selectionFrom(values), options, testDataId: await importPath(context, resolve(word)) };
  };
}

/** What is said on the command line goes over the plan: a selection in its place, variables and options after its own. */
function overrides(
  { options }: TestPlan,
  values: Values,
  more: Limits & { rest: readonly string[] },
): Pick<Request, 'selection' | 'options'> {
  const selects = [values.include, values.exclude, values.suite, values.test].some((each) => each !== undefined);
  const changed: RunOptions = {
    ...options,
    variables: [...options.variables, ...(values.variable ?? [])],
    robotOptions: [...options.robotOptions, ...more.rest],
    timeLimitMs: more.timeLimitMs ?? options.timeLimitMs,
    silenceLimitMs: more.silenceLimitMs ?? options.silenceLimitMs,
  };
  return { ...(selects ? { selection: selectionFrom(values) } : {}), options: changed };
}

function selectionFrom(values: Values): NonNullable<Request['selection']> {
  return { include: values.include ?? [], exclude: values.exclude ?? [], suites: values.suite ?? [], tests: values.test ?? [] };
}

export const WHEN = { always: 'always', different: 'whenDifferent', never: 'never' } as const;
const KEEP = { never: 'never', failed: 'onFailure', always: 'always' } as const;

/** What machines are to be brought into first. Without a word of it: as the plan says. */
function provisioningFrom(values: Values): Pick<Request, 'provisioning'> {
  const { image, recipe, answers, provision, keep } = values;
  if (provision === 'never') return { provisioning: null };
  const source = imageSourceFrom(values);
  if (image === undefined && recipe === undefined && source.imageSource === undefined) {
    if (provision === undefined && keep === undefined && answers === undefined) return {};
    throw new UsageError('--provision, --keep and --answers go together with --recipe or --image.');
  }
  return {
    provisioning: {
      image: image ?? null,
      ...source,
      answers: readyAnswers(answers),
      ...(recipe === undefined ? {} : { recipe }),
      when: oneOf(WHEN, '--provision', provision ?? 'different'),
      keep: keepFrom(keep),
    },
  };
}

/** `failed:30`: whether the machine is kept, and for how many minutes. */
export function keepFrom(text = 'never'): { when: (typeof KEEP)[keyof typeof KEEP]; minutes: number } {
  const [word = 'never', minutes = '60'] = text.split(':');
  return { when: oneOf(KEEP, '--keep', word), minutes: wholeNumber(minutes, 'keep', 1) ?? 60 };
}

interface Limits {
  timeLimitMs: number | null;
  silenceLimitMs: number | null;
}

function limitsFrom(values: Values): Limits {
  const inMilliseconds = (seconds: number | undefined): number | null => (seconds === undefined ? null : seconds * 1000);
  return {
    timeLimitMs: inMilliseconds(wholeNumber(values.timeout, 'timeout', 1)),
    silenceLimitMs: inMilliseconds(wholeNumber(values.silence, 'silence', 1)),
  };
}

/** A file, or a condition that is kept here. */
async function conditionFrom(client: HarnessClient, word: string): Promise<Pick<Request, 'condition' | 'conditionId'>> {
  const path = resolve(word);
  if (existsSync(path)) return { condition: { name: basename(path).replace(/\.ya?ml$/iu, ''), yaml: await readText(path) } };
  const condition = await conditionNamed(client, word);
  if (condition !== undefined) return { conditionId: condition.id };
  throw new WorkbenchError('NOT_FOUND', `There is neither a file ${path} nor a condition named ${word}. "atn conditions" lists them.`);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new WorkbenchError('NOT_FOUND', `The file ${path} cannot be read. Check its name and rights.`, { cause });
  }
}

/** Nothing is stored twice: what is known already is taken. */
export async function importPath({ client, output, interrupted }: CommandContext, path: string): Promise<string> {
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
