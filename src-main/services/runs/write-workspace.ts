import { mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { stringify } from 'yaml';
import { writeArgumentFile } from '../../robot/command-line.ts';
import { parseRobotOptions } from '../../robot/robot-options.ts';
import { runFolder, writeSpec, type RunFolder } from '../../robot/run-files.ts';
import { listRunSecrets } from '../../store/conditions.ts';
import { listExcluded } from '../../store/run-results.ts';
import { requestOf, type RunRow } from '../../store/runs.ts';
import { withExactFloats } from '../conditions/exact-float.ts';
import { readCondition, toExactJson } from '../conditions/read-condition.ts';
import { boundSuts } from './bound-suts.ts';
import type { LongOptions, RunEnvironment, RunServices } from './run-services.ts';

/** The second SIGTERM gets Robot out of a tear-down that hangs; a little later the whole tree is killed. Seconds. */
export const SECOND_GRACE = 10;

/** Writes everything that Robot is started with, beginning anew: whatever an attempt before left is thrown away. spec.json is last. */
export async function writeWorkspace(
  services: RunServices,
  row: RunRow,
  options: LongOptions & Pick<RunEnvironment, 'python' | 'pythonPath'>,
): Promise<void> {
  const folder = runFolder(join(services.runsFolder, row.id));
  await rm(folder.folder, { recursive: true, force: true });
  await mkdir(folder.workspace, { recursive: true });
  await mkdir(folder.output);
  await services.testData.materialise(row.revision, folder.data, options);
  const variables = await writeVariables(services, row, folder);
  const secretsPipe = (await writeSuts(services, row, folder)) || Object.keys(listRunSecrets(services.store, row.number)).length > 0;
  const { text, variables: others } = writeArgumentFile(commandLineOf(services, row, folder));
  await writeFile(folder.argumentFile, text);
  if (Object.keys(others).length > 0) await writeBoth(folder, 'vars', { ...variables, ...others });
  const { failedOnly, order } = requestOf(row);
  if (order?.by === 'listed') await writeFile(folder.order, JSON.stringify(order.tests));
  if (failedOnly) await writeFile(folder.exclusions, JSON.stringify(listExcluded(services.store, row.number)));
  const { timeLimitMs, silenceLimitMs } = requestOf(row).options;
  await writeSpec(folder, {
    schema: 1,
    runId: row.id,
    python: options.python,
    runDir: folder.folder,
    workspace: folder.workspace,
    workingDirectory: folder.data,
    argumentFile: folder.argumentFile,
    sources: [folder.data],
    environment: { ...environmentOf(services, row, folder), ...searchPath(options.pythonPath) },
    timeLimitSeconds: timeLimitMs === null ? null : timeLimitMs / 1000,
    silenceLimitSeconds: silenceLimitMs === null ? null : silenceLimitMs / 1000,
    stopGraceSeconds: services.settings().stopGraceSeconds,
    secondGraceSeconds: SECOND_GRACE,
    secretsPipe,
  });
}

function commandLineOf(services: RunServices, row: RunRow, folder: RunFolder) {
  const { selection, options, failedOnly, order } = requestOf(row);
  const modifier = (script: string) => `--prerunmodifier=${join(services.scripts, script)}`;
  return {
    suiteName: suiteNameOf(services, row),
    selection,
    variables: options.variables,
    robotOptions: options.robotOptions,
    outputDirectory: folder.output,
    more: [
      ...(failedOnly ? [modifier('atn_rerun.py')] : []),
      ...(order?.by === 'listed' ? [modifier('atn_order.py')] : []),
      ...(order?.by === 'random' ? [`--randomize=all:${order.seed ?? 0}`] : []),
    ],
  };
}

/** Also for Pythons that suites start. */
export function searchPath(folders: readonly string[]): Record<string, string> {
  return folders.length === 0 ? {} : { PYTHONPATH: folders.join(delimiter) };
}

/** Robot gives the root suite its name after `atn_rerun.py` has looked at it, so the name is told in the environment as well. */
function environmentOf(services: RunServices, row: RunRow, folder: RunFolder): Record<string, string> {
  const { options, failedOnly, order } = requestOf(row);
  const own = { ATN_RUN: row.id, ...(order?.by === 'listed' ? { ATN_ORDER: folder.order } : {}) };
  if (!failedOnly) return own;
  const chosen = parseRobotOptions(options.robotOptions).options.findLast((option) => option.name === 'name')?.value;
  const name = chosen ?? suiteNameOf(services, row) ?? '';
  return { ...own, ATN_EXCLUSIONS: folder.exclusions, ATN_ROOT_NAME: name };
}

/** Null when the test data are gone, whose runs then keep the name of the folder. */
function suiteNameOf(services: RunServices, row: RunRow): string | null {
  return row.test_data_id === null ? null : (services.testData.find(row.test_data_id)?.suiteName ?? null);
}

export async function writeVariables(services: RunServices, row: RunRow, folder: RunFolder): Promise<Record<string, unknown>> {
  if (row.condition_sha256 === null) return {};
  const { variables } = readCondition(await services.content.read(row.condition_sha256));
  await writeBoth(folder, 'vars', variables);
  return variables;
}

/** Only for a run with SUTs: without any, a default that a suite itself has for `${SUTs}` must hold. */
export async function writeSuts(services: RunServices, row: RunRow, folder: RunFolder): Promise<boolean> {
  const suts = await boundSuts(services, row);
  if (suts.length === 0) return false;
  const information = await services.sutInformation(suts);
  await writeBoth(folder, 'suts', information.suts);
  return Object.keys(information.secrets).length > 0;
}

/** JSON for our own variable file, whose Python may have no YAML parser; YAML for people and for suites that read it. */
export async function writeBoth(folder: RunFolder, name: 'suts' | 'vars', content: Record<string, unknown>): Promise<void> {
  await writeFile(join(folder.workspace, `${name}.json`), toExactJson(content));
  await writeFile(join(folder.workspace, `${name}.yaml`), stringify(content, { customTags: withExactFloats }));
}
