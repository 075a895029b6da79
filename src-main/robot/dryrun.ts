import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../errors.ts';
import { runScript } from './run-script.ts';

/** The form of what atn_dryrun.py says; a new one makes kept answers old. */
export const DRYRUN_SCHEMA = 1;

const Finding = z.object({
  /** `data`: anything else that Robot refuses, such as a wrong number of arguments. */
  kind: z.enum(['import', 'keyword', 'variable', 'data']),
  name: z.string().nullable(),
  message: z.string(),
  /** Absolute, as Robot has it. */
  path: z.string().nullable(),
  line: z.number().int().nullable(),
});
export type DryrunFinding = z.infer<typeof Finding>;
const Answer = z.object({
  schema: z.literal(DRYRUN_SCHEMA),
  robot: z.string(),
  tests: z.number().int(),
  findings: z.array(Finding),
});
export type DryrunAnswer = z.infer<typeof Answer>;

interface DryrunRequest {
  python: string;
  /** Folders of modules, first one first. */
  pythonPath: readonly string[];
  /** resources/robot */
  scripts: string;
  /** The folder with suites, argument file and variables, as a run has them. */
  workspace: string;
  data: string;
  argumentFile: string;
  signal: AbortSignal;
  timeoutMs: number;
}

/** Robot's own dry run: keywords are looked up and not run, but libraries are imported. Throws TIMEOUT, CANCELLED, ROBOT_DATA, PYTHON_MISSING. */
export async function dryrun(request: DryrunRequest): Promise<DryrunAnswer> {
  const { scripts, workspace, data } = request;
  const answer = join(workspace, 'dryrun.json');
  const none = ['output', 'log', 'report', 'xunit'].map((file) => `--${file}=NONE`);
  const { code, stderr, stdout } = await runScript({
    python: request.python,
    args: [
      ...['-m', 'robot', '--dryrun', `--argumentfile=${request.argumentFile}`, ...none, '--console=none'],
      ...[`--listener=${join(scripts, 'atn_dryrun.py')}`, `--variablefile=${join(scripts, 'atn_variables.py')}`, data],
    ],
    env: {
      ...withoutRobotOptions(process.env),
      ATN_DRYRUN: answer,
      ATN_DRYRUN_DATA: data,
      ATN_WORKSPACE: workspace,
      PYTHONPATH: [...request.pythonPath, scripts, join(scripts, 'library')].join(delimiter),
    },
    folder: data,
    signal: request.signal,
    timeoutMs: request.timeoutMs,
    title: 'The dry run',
  });
  const found = Answer.safeParse(parseJson(await readFile(answer, 'utf8').catch(() => '')));
  if (found.success) return found.data;
  const said = `${stdout}\n${stderr}`.trim().split('\n');
  throw new WorkbenchError(
    'ROBOT_DATA',
    `Robot Framework could not try these test data. ${said.find((line) => line.includes('ERROR')) ?? ''}`,
    {
      details: [`exit code ${code ?? 'none'}`, ...said.slice(-20)],
    },
  );
}

function withoutRobotOptions(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...variables, ROBOT_OPTIONS: '', ROBOT_SYSLOG_FILE: 'NONE' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
