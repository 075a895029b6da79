import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { BoundLibrary } from '../../../src-shared/model/library.ts';
import type { PreflightReason } from '../../../src-shared/model/preflight.ts';
import { writeArgumentFile } from '../../robot/command-line.ts';
import { dryrun, DRYRUN_SCHEMA, type DryrunAnswer, type DryrunFinding } from '../../robot/dryrun.ts';
import { parseRobotOptions } from '../../robot/robot-options.ts';
import type { SutRow } from '../../store/suts.ts';
import { readCondition, toExactJson } from '../conditions/read-condition.ts';
import type { SlowStage } from './check-preflight.ts';
import type { Examined } from './check-run.ts';
import { warning } from './reason.ts';
import type { WantedRun } from './wanted-run.ts';

/** What a dry run needs of others. */
export interface DryrunServices {
  /** resources/robot */
  scripts: string;
  /** Folder for what is in the making. */
  scratch: string;
  materialise(revision: string, folder: string, signal: AbortSignal): Promise<void>;
  bindLibraries(set: Pick<WantedRun, 'testDataId' | 'libraries'>): BoundLibrary[];
  ensureEnvironment(
    libraries: readonly BoundLibrary[],
    signal: AbortSignal,
  ): Promise<{ python: string; pythonPath: readonly string[]; robotVersion: string; lockHash: string | null }>;
  /** What `${SUTs}` holds, secrets left out. */
  sutInformation(suts: readonly SutRow[]): Promise<Record<string, unknown>>;
  /** Answers that were found before, by what they depend on. */
  known: Map<string, DryrunAnswer>;
}

type Found = NonNullable<Examined['found']>;
type Environment = Awaited<ReturnType<DryrunServices['ensureEnvironment']>>;

/** Longer than this nobody waits for an answer; a run can be started all the same. */
const TIMEOUT_MS = 120_000;
const KEPT_ANSWERS = 50;

/** Robot's own `--dryrun` in the environment of the run: unknown keywords, imports that break, variables that nobody sets. */
export function dryrunStage(services: DryrunServices): SlowStage {
  return {
    stage: 'dryrun',
    doing: 'Robot looks up every keyword without running it.',
    look: async (wanted, found, signal) => {
      const libraries = services.bindLibraries(wanted);
      const environment = await services.ensureEnvironment(libraries, signal);
      const key = keyOf({ wanted, found, environment });
      const answer = services.known.get(key) ?? (await tryRun(services, { wanted, found, environment, signal }));
      keep(services.known, key, answer);
      const reasons = answer.findings.map(reasonOf);
      const cases = `${answer.tests} ${answer.tests === 1 ? 'case' : 'cases'}`;
      return {
        reasons,
        fine: reasons.length === 0 ? [`Every keyword, import and variable of ${cases} is known.`] : [],
        cases: answer.tests,
      };
    },
  };
}

interface Trying {
  wanted: WantedRun;
  found: Found;
  environment: Environment;
}

/** Values of variables do not matter to it, only that they are there. */
function keyOf({ wanted, found, environment }: Trying): string {
  const { condition, selection, options } = wanted;
  const variables = condition === null ? [] : [...Object.keys(readCondition(condition.yaml).variables), ...Object.keys(condition.secrets)];
  const parts = [DRYRUN_SCHEMA, found.revision, found.testData.suiteName, selection, options.robotOptions, options.variables.map(nameOf)];
  const machines = found.suts.map(({ name, information }) => [name, information.map(({ key }) => key)]);
  const text = JSON.stringify([...parts, variables, machines, environment.python, environment.pythonPath, environment.robotVersion]);
  return createHash('sha256').update(text).digest('hex');
}

const nameOf = (variable: string) => variable.slice(0, variable.indexOf(':'));

function keep(known: DryrunServices['known'], key: string, answer: DryrunAnswer): void {
  known.delete(key);
  known.set(key, answer);
  const [oldest] = known.keys();
  if (known.size > KEPT_ANSWERS && oldest !== undefined) known.delete(oldest);
}

async function tryRun(
  services: DryrunServices,
  { wanted, found, environment, signal }: Trying & { signal: AbortSignal },
): Promise<DryrunAnswer> {
  const workspace = await mkdtemp(join(services.scratch, 'dryrun-'));
  try {
    const data = join(workspace, 'suites');
    await mkdir(data);
    await services.materialise(found.revision, data, signal);
    const argumentFile = join(workspace, 'arguments.txt');
    const { text, variables } = writeArgumentFile({
      suiteName: found.testData.suiteName,
      selection: wanted.selection,
      variables: wanted.options.variables,
      // A listener of theirs may do anything; nothing is to be done here.
      robotOptions: parseRobotOptions(wanted.options.robotOptions).options.flatMap(({ name, written }) =>
        name === 'listener' ? [] : [written],
      ),
      outputDirectory: workspace,
    });
    await writeFile(argumentFile, text);
    await writeVariables(services, workspace, { wanted, found, others: variables });
    const { python, pythonPath } = environment;
    const answer = await dryrun({
      python,
      pythonPath,
      scripts: services.scripts,
      workspace,
      data,
      argumentFile,
      signal,
      timeoutMs: TIMEOUT_MS,
    });
    return { ...answer, findings: answer.findings.map((finding) => insideOf(finding, data)) };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function writeVariables(
  services: DryrunServices,
  workspace: string,
  { wanted, found, others }: { wanted: WantedRun; found: Found; others: Record<string, string> },
): Promise<void> {
  const { condition } = wanted;
  const plain = condition === null ? {} : readCondition(condition.yaml).variables;
  const secrets = Object.fromEntries(Object.keys(condition?.secrets ?? {}).map((name) => [name, '']));
  await writeFile(join(workspace, 'vars.json'), toExactJson({ ...plain, ...secrets, ...others }));
  if (found.suts.length > 0) await writeFile(join(workspace, 'suts.json'), toExactJson(await services.sutInformation(found.suts)));
}

/** Paths as the revision has them, with `/`; what lies elsewhere (a library of the environment) stays as it is. */
function insideOf(finding: DryrunFinding, data: string): DryrunFinding {
  const inside = (path: string) => {
    const found = relative(data, path).replaceAll('\\', '/');
    return found === '' || found.startsWith('..') ? path : found;
  };
  const name = finding.name?.startsWith(data) === true ? inside(finding.name) : finding.name;
  return {
    ...finding,
    name,
    message: finding.message.replaceAll(`${data}/`, ''),
    path: finding.path === null ? null : inside(finding.path),
  };
}

const CODES = { import: 'IMPORT_BROKEN', keyword: 'KEYWORD_UNKNOWN', variable: 'VARIABLE_MISSING', data: 'DATA_BROKEN' } as const;

/** They spoil tests, but Robot runs: so they warn. */
function reasonOf({ kind, name, message, path, line }: DryrunFinding): PreflightReason {
  const place = path === null ? '' : ` ${path}${line === null ? '' : `, line ${line}`}.`;
  const sentence = `${message.replace(/\.$/u, '')}.${place}`;
  if (kind === 'variable' && name !== null)
    return warning('VARIABLE_MISSING', `${sentence} Give it a value in a condition.`, {
      subject: name,
      repair: { action: 'defineVariable', name },
    });
  return warning(CODES[kind], sentence, { subject: name ?? path, repair: path === null ? null : { action: 'openFile', path, line } });
}
