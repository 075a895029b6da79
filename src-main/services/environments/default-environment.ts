import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from '../../../src-shared/model/system.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import { ensureEnvironment, needRobot, type RobotPython } from '../../robot/environment.ts';
import { findPython } from '../../robot/find-python.ts';
import { environmentsFolder } from './environments-folder.ts';
import { findKeptUv } from './kept-uv.ts';
import { shareWork, type SharedWork } from './share-work.ts';

export interface RobotEnvironment extends RobotPython {
  /** Who chose it: the settings, the environment variable ATN_PYTHON, or the workbench that made it. */
  origin: 'settings' | 'variable' | 'managed';
}

export interface EnsureOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Environments {
  /** The interpreter that a run uses; made when it is not there. Throws PYTHON_MISSING, ROBOT_MISSING, ROBOT_TOO_OLD, ENVIRONMENT_FAILED, CANCELLED. */
  ensureDefault(options?: EnsureOptions): Promise<RobotEnvironment>;
  /** The one that was found last under the present settings; null before the first time. */
  known(): RobotEnvironment | null;
}

interface EnvironmentServices {
  /** resources/robot */
  scripts: string;
  clock: Clock;
  pythonPath: () => string | null;
  /** Of Robot Framework in the environment that the workbench makes; DEFAULT_ROBOT when left out. */
  robotVersion?: () => string;
  onFound: () => void;
  variables?: NodeJS.ProcessEnv;
}

const DEFAULT_ROBOT = '7.5';
/** A person may install or upgrade Robot in an interpreter of theirs at any time, so what was found there is believed this long, ms. */
const BELIEVED_MS = 30_000;

export function createEnvironments(services: EnvironmentServices): Environments {
  const variables = services.variables ?? process.env;
  const chosen = () => choose(services.pythonPath(), variables);
  const wantedRobot = () => services.robotVersion?.() ?? DEFAULT_ROBOT;
  const chosenKey = () => chosen().python ?? `robotframework ${wantedRobot()}`;
  let last: { key: string; at: number; environment: RobotEnvironment } | undefined;
  let running: { key: string; work: SharedWork<RobotEnvironment, Progress> } | undefined;

  const find = async (signal: AbortSignal, onStep: (message: string) => void): Promise<RobotEnvironment> => {
    const { python, origin } = chosen();
    const key = chosenKey();
    const found =
      python === null
        ? await managed(services.scripts, { root: environmentsFolder(variables), robotVersion: wantedRobot(), signal, onStep })
        : await needRobot({ folder: services.scripts, runner: python, signal }, python);
    const environment = { ...found, origin };
    const isNews = last?.environment.robotVersion !== environment.robotVersion || last.environment.python !== environment.python;
    last = { key, at: services.clock.now(), environment };
    if (isNews) services.onFound();
    return environment;
  };

  return {
    known: () => (last?.key === chosenKey() ? last.environment : null),
    ensureDefault: async ({ signal, onProgress } = {}) => {
      const key = chosenKey();
      if (last?.key === key && isUsable(last.environment, services.clock.now() - last.at)) return last.environment;
      if (running?.key !== key || running.work.isOver()) {
        const work = shareWork<RobotEnvironment, Progress>((abort, tell) =>
          find(abort, (step) => tell({ step, done: null, total: null, unit: 'none', at: services.clock.now() })),
        );
        running = { key, work };
      }
      return running.work.join({ signal, onProgress });
    },
  };
}

function choose(pythonPath: string | null, variables: NodeJS.ProcessEnv): { python: string | null; origin: RobotEnvironment['origin'] } {
  if (pythonPath !== null && pythonPath !== '') return { python: pythonPath, origin: 'settings' };
  const variable = variables['ATN_PYTHON'];
  return variable === undefined || variable === '' ? { python: null, origin: 'managed' } : { python: variable, origin: 'variable' };
}

/** A managed environment is never changed: it is there or it is not. */
function isUsable({ python, origin }: RobotEnvironment, age: number): boolean {
  if (origin !== 'managed' && age > BELIEVED_MS) return false;
  try {
    accessSync(python, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

interface Making {
  root: string;
  robotVersion: string;
  signal: AbortSignal;
  onStep: (message: string) => void;
}

async function managed(scripts: string, { robotVersion, ...making }: Making): Promise<RobotPython> {
  const base = await findPython(making.signal);
  const made = await ensureEnvironment({
    folder: scripts,
    runner: base.python,
    requirements: [`robotframework==${robotVersion}`],
    uvElse: findKeptUv(join(scripts, '..')),
    ...making,
  });
  if (made.robotVersion === null)
    throw new WorkbenchError(
      'ENVIRONMENT_FAILED',
      `Robot Framework is not in the environment ${made.python}. Remove that folder and try again.`,
    );
  return { python: made.python, robotVersion: made.robotVersion, pythonVersion: base.version };
}
