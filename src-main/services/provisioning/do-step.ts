import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Recipe, RecipeStep } from '../../../src-shared/model/recipe.ts';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import type { SutRow } from '../../store/suts.ts';
import type { ConsoleWatch } from './console-watch.ts';
import type { Media } from './media.ts';
import type { Actor, ProvisioningServices, ProvisioningSuites } from './provisioning-services.ts';
import { waitUntil } from './wait-until.ts';

/** What every step of one machine works with. */
export interface StepContext {
  services: ProvisioningServices;
  recipe: Recipe;
  sut: SutRow;
  actor: Actor;
  console: ConsoleWatch;
  /** Where the console was when the provisioning began. */
  consoleBegan: number;
  media: Media;
  signal: AbortSignal;
  /** The harness closes: nothing has failed. */
  leaving: AbortSignal;
  /** The recipe has switched it on, so that a machine that is off has lost its power. */
  shouldBeOn: boolean;
  /** Since it was last told to switch it has been seen on: a BMC may take its time. */
  seenOn: boolean;
  suites: ProvisioningSuites;
}

/** Seconds, for steps that say none. */
const LIMITS = { waitCallBack: 1800, waitPower: 1800, waitPort: 600, waitSsh: 600, waitConsole: 1800, ssh: 300, robot: 3600 } as const;
const PORT_LIMIT_MS = 3000;
/** So long a machine may take to switch. */
const SWITCH_MS = 60_000;
type WaitingStep = Extract<RecipeStep, { do: keyof typeof LIMITS }>;

/** Does one step; answers what came of it, in words, where there is something to say. */
export async function doStep(context: StepContext, step: RecipeStep, ordinal: number): Promise<string | null> {
  const { services, sut, actor, media } = context;
  const sutId = sut.id;
  const { machines } = services;
  switch (step.do) {
    case 'power':
      return switchPower(context, step.action);
    case 'insert':
      return media.insert(step, context.signal);
    case 'eject':
      await machines.change({ sutId, capability: 'virtualMedia', action: 'eject', args: driveOf(step), what: 'eject image' }, actor);
      return null;
    case 'boot': {
      const { device, lasting } = step;
      await machines.change(
        { sutId, capability: 'bootDevice', action: 'set', args: { device, lasting }, what: `boot from ${device} ${lasting}` },
        actor,
      );
      return null;
    }
    case 'networkBoot':
      return media.bootFromNetwork(step, context.signal);
    case 'ssh':
      return runCommand(context, step);
    case 'robot':
      return runSuite(context, step, ordinal);
    case 'waitPower':
      return wait(context, step, async () => ((await powerOf(context)) === step.on ? '' : null));
    case 'waitPort':
      return wait(context, step, () => answersAt(addressOf(sut), step.port));
    case 'waitSsh':
      return wait(context, step, () => logIn(context));
    case 'waitCallBack':
      return wait(context, step, () => Promise.resolve(media.calledBack ? 'It called.' : null));
    case 'waitConsole': {
      const from = step.fresh ? context.console.end : context.consoleBegan;
      return wait(context, step, () => Promise.resolve(context.console.find([step.pattern], from)));
    }
  }
}

/** Looks of which nobody could tell how the power is, in a row, after which it is not asked any more. */
const BLIND_LOOKS = 3;

/** On and off are done when the machine is: a BMC says yes at once and may take its time, and what follows would see the power from before. */
async function switchPower(context: StepContext, action: Extract<RecipeStep, { do: 'power' }>['action']): Promise<null> {
  const { services, sut, actor, signal } = context;
  await services.machines.change({ sutId: sut.id, capability: 'power', action: 'set', args: { action }, what: `power ${action}` }, actor);
  context.seenOn = false;
  if (action !== 'on' && action !== 'off') return null;
  const end = performance.now() + SWITCH_MS;
  for (let blind = 0; blind < BLIND_LOOKS;) {
    const on = await powerOf(context);
    if (on === (action === 'on')) return null;
    blind = on === null ? blind + 1 : 0;
    if (performance.now() > end)
      throw new WorkbenchError('PROVISIONING_FAILED', `The machine did not switch ${action} within ${SWITCH_MS / 1000} s.`);
    await pause(services.paceMs, undefined, { signal });
  }
  return null;
}

export const driveOf = ({ drive }: { drive?: string | undefined }): { drive?: string } => (drive === undefined ? {} : { drive });

const WORDS: Readonly<Record<keyof typeof LIMITS, string>> = {
  waitPower: 'The machine did not switch as expected',
  waitPort: 'Nothing answered at the port',
  waitSsh: 'No login by SSH was possible',
  waitConsole: 'The console did not say what was waited for',
  waitCallBack: 'The machine did not call back',
  ssh: 'The command did not end',
  robot: 'The suite did not end',
};

function wait(context: StepContext, step: WaitingStep, look: () => Promise<string | null>): Promise<string> {
  const { services, console, consoleBegan, recipe, signal } = context;
  const watchPower = context.shouldBeOn && step.do !== 'waitPower';
  const began = performance.now();
  const waiting = {
    what: WORDS[step.do],
    limitMs: (step.limit ?? LIMITS[step.do]) * 1000,
    paceMs: services.paceMs,
    ...{ console, signal },
    failOn: [...recipe.failOn, ...step.failOn],
    from: consoleBegan,
    ...(watchPower ? { hopeful: () => needPower(context, performance.now() - began) } : {}),
  };
  return waitUntil(waiting, look);
}

/** Twice in a row, because a machine that starts anew may be off for a moment. */
async function needPower(context: StepContext, waitedMs: number): Promise<void> {
  const { services, signal } = context;
  if ((await powerOf(context)) !== false) return;
  if (!context.seenOn && waitedMs < SWITCH_MS) return;
  await pause(services.paceMs * 2, undefined, { signal });
  if ((await powerOf(context)) !== false) return;
  const what = context.seenOn ? 'The machine lost its power' : 'The machine did not switch on';
  throw new WorkbenchError('PROVISIONING_FAILED', `${what}: it is off in the middle of this step.`);
}

/** Null when nobody can tell: a BMC may be busy for a while, and a wait has its own limit. */
async function powerOf(context: StepContext): Promise<boolean | null> {
  const { services, sut, signal } = context;
  try {
    const on = await services.machines.isOn(sut.id, signal);
    context.seenOn ||= on === true;
    return on;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

/** Where the machine's own operating system answers: its SSH endpoint, else its field `address`. */
function addressOf({ name, endpoints, information }: SutRow): string {
  const ssh = endpoints.find(({ provider }) => provider === 'ssh')?.address;
  const field = information.find(({ key, kind }) => key === 'address' && kind !== 'secret')?.value;
  const address = ssh ?? (typeof field === 'string' ? field : '');
  if (address === '')
    throw new WorkbenchError('BAD_REQUEST', `Nobody knows the address of ${name}: give it an SSH endpoint or the field address.`);
  return address;
}

function answersAt(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PORT_LIMIT_MS });
    const end = (answer: string | null) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(`${host} port ${port} answers.`));
    socket.once('timeout', end(null));
    socket.once('error', end(null));
  });
}

const NOT_YET: readonly string[] = ['OOBM_UNREACHABLE', 'TIMEOUT', 'OOBM_REFUSED', 'OOBM_AUTH'];

/** A login is the proof: a port may be open long before, and that of the installer may be another machine's. */
async function logIn({ services, recipe, sut, actor, signal }: StepContext): Promise<string | null> {
  const { machines } = services;
  try {
    if (recipe.hostKey === 'new') machines.acceptHostKey(sut, await machines.hostKey(sut, signal), actor);
    await machines.change(
      { sutId: sut.id, capability: 'shell', action: 'run', args: { command: 'true' }, what: 'log in by SSH' },
      { ...actor, quiet: true },
    );
    return 'Logged in.';
  } catch (thrown) {
    signal.throwIfAborted();
    const error = asWorkbenchError(thrown);
    if (!NOT_YET.includes(error.code)) throw error;
    // While it starts its accounts may not be there yet.
    if (error.code === 'OOBM_AUTH') machines.forgive(sut);
    return null;
  }
}

async function runCommand({ services, sut, actor, media, signal }: StepContext, step: Extract<RecipeStep, { do: 'ssh' }>): Promise<string> {
  const command = await media.fillIn(step.command);
  const deed = { sutId: sut.id, capability: 'shell', action: 'run', args: { command }, what: 'command by SSH' } as const;
  const limit = { ms: (step.limit ?? LIMITS.ssh) * 1000, signal };
  const answer = await services.machines.change({ ...deed, limit }, actor);
  const { exitCode, stdout, stderr } = answer;
  const said = (stderr.trim() === '' ? stdout : stderr).trim().slice(-300);
  if (exitCode === null && answer.signal === null)
    throw new WorkbenchError('PROVISIONING_FAILED', `The connection was lost before the command ended. ${said}`.trim());
  if (exitCode !== 0) throw new WorkbenchError('PROVISIONING_FAILED', `It ended with ${exitCode ?? 'a signal'}. ${said}`.trim());
  return said;
}

/** Robot has its own limit; a while after it, nothing is waited for any more. */
const AFTER_LIMIT_S = 120;

/** What the console says fails it at once, as it fails a wait; the power is its own matter. */
async function runSuite(context: StepContext, step: Extract<RecipeStep, { do: 'robot' }>, ordinal: number): Promise<string> {
  const task = await suiteTask(context, step, ordinal);
  return watchSuite(context, step, (signal) => context.suites.run({ ...task, signal }));
}

/** One that was started before the workbench ended went on meanwhile. */
async function goOnWithSuite(context: StepContext, step: Extract<RecipeStep, { do: 'robot' }>, ordinal: number): Promise<boolean> {
  const task = { sut: context.sut, ordinal, suite: step.suite, variables: {}, limitMs: suiteLimitMs(step) };
  let begun = true;
  await watchSuite(context, step, async (signal) => {
    const said = await context.suites.goOn({ ...task, signal });
    begun = said !== null;
    return said ?? '';
  });
  return begun;
}

const suiteLimitMs = ({ limit }: { limit?: number | undefined }): number => (limit ?? LIMITS.robot) * 1000;

async function suiteTask({ sut, media }: StepContext, step: Extract<RecipeStep, { do: 'robot' }>, ordinal: number) {
  const given = await Promise.all(Object.entries(step.variables).map(async ([name, value]) => [name, await media.fillIn(value)] as const));
  const variables = { ...(await media.variables()), ...Object.fromEntries(given) };
  return { sut, ordinal, suite: step.suite, variables, limitMs: suiteLimitMs(step) };
}

async function watchSuite(
  context: StepContext,
  step: Extract<RecipeStep, { do: 'robot' }>,
  work: (signal: AbortSignal) => Promise<string>,
): Promise<string> {
  const over = new AbortController();
  const ended = work(over.signal);
  const outcome: { said: string | null } = { said: null };
  const noticed = ended.then((said) => (outcome.said = said));
  const waiting = { ...context, shouldBeOn: false };
  try {
    const limited = { ...step, limit: (step.limit ?? LIMITS.robot) + AFTER_LIMIT_S };
    return await Promise.race([noticed, wait(waiting, limited, () => Promise.resolve(outcome.said))]);
  } catch (error) {
    if (context.leaving.aborted) throw error; // it goes on
    over.abort();
    await ended.catch(() => undefined);
    throw error;
  }
}

/** Whether a step that was under way when the harness ended was done. Null: nobody can tell. */
export async function wasDone(context: StepContext, step: RecipeStep, ordinal: number): Promise<boolean | null> {
  switch (step.do) {
    case 'power': {
      if (step.action === 'cycle' || step.action === 'reset') return null;
      const on = await context.services.machines.isOn(context.sut.id, context.signal);
      return on === (step.action === 'on');
    }
    case 'ssh':
      return step.repeatable ? false : null;
    case 'robot':
      return goOnWithSuite(context, step, ordinal);
    // What can be done twice without harm counts as not done.
    default:
      return false;
  }
}
