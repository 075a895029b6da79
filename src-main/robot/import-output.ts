import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../errors.ts';
import { runScript } from './run-script.ts';

const Said = z.union([
  z.object({ bytes: z.number() }),
  z.object({
    ok: z.boolean(),
    items: z.number(),
    /** Of the root suite. */
    name: z.string(),
    startedAt: z.number().nullable(),
    endedAt: z.number().nullable(),
    cut: z.string().nullable(),
    error: z.string().nullable(),
  }),
]);
export type ReadOutput = Extract<z.infer<typeof Said>, { ok: boolean }>;

interface ImportOutput {
  python: string;
  /** resources/robot */
  scripts: string;
  /** output.xml of any size. */
  source: string;
  /** The record to make; not there yet. */
  record: string;
  signal?: AbortSignal | undefined;
  onBytes: (bytes: number) => void;
}

const LONGEST_MS = 6 * 3_600_000;

/** Makes a run record of a result file. Throws ROBOT_DATA when it is none, CANCELLED, PYTHON_MISSING. */
export async function importOutput({ python, scripts, source, record, signal, onBytes }: ImportOutput): Promise<ReadOutput> {
  const parse = (line: string) => Said.safeParse(jsonOf(line)).data;
  const result = await runScript({
    ...{ python, args: [join(scripts, 'import_output.py'), source, record], signal, timeoutMs: LONGEST_MS },
    title: `Reading ${source}`,
    onLine: (line) => {
      const said = parse(line);
      if (said !== undefined && 'bytes' in said) onBytes(said.bytes);
    },
  });
  const answer = parse(result.stdout.trimEnd().split('\n').at(-1) ?? '');
  if (answer !== undefined && 'ok' in answer && answer.ok) return answer;
  const why = answer !== undefined && 'ok' in answer ? answer.error : null;
  throw new WorkbenchError('ROBOT_DATA', why ?? `${source} could not be read.`, {
    details: [source, ...result.stderr.trim().split('\n').slice(-5)],
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
