import { join } from 'node:path';
import { z } from 'zod';
import { LockedPackage } from '../../src-shared/model/library.ts';
import { Sha256 } from '../../src-shared/model/text.ts';
import { WorkbenchError } from '../errors.ts';
import { environmentProblem } from './environment-problem.ts';
import { runScript, type ScriptResult } from './run-script.ts';

/** What every order says: who carries it out, and where packages may come from. */
export interface OrderTools {
  /** resources/robot */
  scripts: string;
  /** The Python that environments are based on. */
  python: string;
  /** A folder for what was fetched. */
  cache: string;
  /** The program uv that Settings name; null: the one on the PATH, else `uvElse`. */
  uv: string | null;
  uvElse: string | null;
  /** Which of both; null: uv where it is found. */
  how: 'uv' | 'pip' | null;
  /** The only index; null: what the machine is set to. */
  index: string | null;
  /** Folders with wheels. */
  folders: readonly string[];
}

/** How far an order is: packages done, and bytes where they are known. */
export interface OrderProgress {
  message: string;
  done: number | null;
  total: number | null;
}

export interface OrderOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: OrderProgress) => void) | undefined;
}

/** A wheel that is here already. `builtFrom`: the locked source distribution that it was made of. */
export interface WheelFile {
  name: string;
  version: string;
  fileName: string;
  path: string;
  sha256: string;
  builtFrom: string | null;
}

const Marker = z.object({
  lockHash: z.string(),
  packages: z.array(LockedPackage),
  importNames: z.record(z.string(), z.array(z.string())),
  python: z.string(),
  robot: z.string().nullable(),
});
export type EnvironmentMarker = z.infer<typeof Marker>;

const Described = z.object({ name: z.string(), version: z.string(), summary: z.string(), importNames: z.array(z.string()) });
const Wheel = z.object({
  name: z.string(),
  version: z.string(),
  fileName: z.string(),
  sha256: Sha256,
  builtFrom: Sha256.nullable(),
  path: z.string(),
});

const ANSWERS = {
  lock: z.object({ packages: z.array(LockedPackage), how: z.enum(['uv', 'pip']) }),
  install: z.object({ python: z.string(), marker: Marker }),
  describe: Described,
  wheel: Described.extend({ path: z.string() }),
  verify: z.object({ problems: z.array(z.string()) }),
  remove: z.object({}),
  export: z.object({ size: z.number().int(), wheels: z.number().int() }),
  import: z.object({ lock: z.unknown(), wheels: z.array(Wheel) }),
};

interface OrderContents {
  lock: { requirements: readonly string[]; files: readonly WheelFile[] };
  install: {
    root: string;
    key: string;
    lockHash: string;
    packages: readonly LockedPackage[];
    files: readonly WheelFile[];
    /** Removes what is there and holds every file against its hash afterwards. */
    again: boolean;
  };
  describe: { path: string };
  wheel: { source: string; target: string };
  verify: { place: string };
  remove: { place: string };
  export: { path: string; lock: unknown; packages: readonly LockedPackage[]; files: readonly WheelFile[] };
  import: { path: string; target: string };
}

type OrderName = keyof OrderContents;
export type OrderAnswer<Name extends OrderName> = z.infer<(typeof ANSWERS)[Name]>;

const Step = z.object({ step: z.string(), message: z.string(), done: z.number().optional(), total: z.number().optional() });
const Refusal = z.object({ ok: z.literal(false), code: z.string(), error: z.string() });

const TITLES: Readonly<Record<OrderName, string>> = {
  lock: 'Solving the libraries',
  install: 'Building the environment',
  describe: 'Looking at the file',
  wheel: 'Building the wheel',
  verify: 'Verifying the environment',
  remove: 'Removing the environment',
  export: 'Writing the wheelhouse',
  import: 'Reading the wheelhouse',
};
const LONGEST_MS = 60 * 60_000;

/**
 * Has environment.py do something. Throws LOCK_FAILED, INDEX_UNREACHABLE, ENVIRONMENT_FAILED, ARCHIVE_REFUSED, DISK_FULL, CONFLICT,
 * PYTHON_MISSING, CANCELLED.
 */
export async function carryOut<Name extends OrderName>(
  name: Name,
  request: { tools: OrderTools; content: OrderContents[Name] },
  { signal, onProgress }: OrderOptions = {},
): Promise<OrderAnswer<Name>> {
  const { scripts, ...tools } = request.tools;
  const result = await runScript({
    python: tools.python,
    args: [join(scripts, 'environment.py'), 'order'],
    input: JSON.stringify({ command: name, ...tools, ...request.content }),
    signal,
    timeoutMs: LONGEST_MS,
    title: TITLES[name],
    onLine: (line) => {
      const step = Step.safeParse(parseJson(line));
      if (step.success) onProgress?.({ message: step.data.message, done: step.data.done ?? null, total: step.data.total ?? null });
    },
  });
  return answerOf(name, result);
}

function answerOf<Name extends OrderName>(name: Name, result: ScriptResult): OrderAnswer<Name> {
  const last = parseJson(result.stdout.trimEnd().split('\n').at(-1) ?? '');
  const refusal = Refusal.safeParse(last);
  if (refusal.success) throw environmentProblem(refusal.data);
  const answer = ANSWERS[name].safeParse(last);
  if (answer.success && result.code === 0) return answer.data as OrderAnswer<Name>;
  throw new WorkbenchError('ENVIRONMENT_FAILED', `${TITLES[name]} failed.`, {
    details: [`exit code ${result.code ?? 'none'}`, ...result.stderr.trim().split('\n').slice(-20)],
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
