import { join } from 'node:path';
import { z } from 'zod';
import { LibraryDocumentation } from '../../src-shared/model/library.ts';
import { WorkbenchError } from '../errors.ts';
import { runScript } from './run-script.ts';

const Answer = z.union([
  LibraryDocumentation.omit({ lockHash: true }).extend({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);

interface LibdocRequest {
  /** Of the environment that has the library. */
  python: string;
  /** resources/robot */
  scripts: string;
  name: string;
  pythonPath: readonly string[];
  signal?: AbortSignal | undefined;
}

const LONGEST_MS = 60_000;

/** Asks libdoc in a process of its own: it imports the library. Throws ROBOT_DATA with Robot's own reason, TIMEOUT, CANCELLED. */
export async function askLibdoc({
  python,
  scripts,
  name,
  pythonPath,
  signal,
}: LibdocRequest): Promise<Omit<LibraryDocumentation, 'lockHash'>> {
  const title = `Looking at the keywords of ${name}`;
  const args = [join(scripts, 'libdoc.py'), name, ...pythonPath];
  const result = await runScript({ python, args, signal, timeoutMs: LONGEST_MS, title });
  const answer = Answer.safeParse(parseJson(result.stdout.trimEnd().split('\n').at(-1) ?? ''));
  if (!answer.success) {
    throw new WorkbenchError('ROBOT_DATA', `${name} ended the process that looked at its keywords.`, {
      details: [`exit code ${result.code ?? 'none'}`, ...result.stderr.trim().split('\n').slice(-20)],
    });
  }
  if (answer.data.ok) return answer.data;
  const details = answer.data.error.split('\n');
  throw new WorkbenchError('ROBOT_DATA', details[0] ?? `${name} cannot be imported.`, { details });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
