import { join } from 'node:path';
import { z } from 'zod';
import type { ParseError, TestSuite } from '../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../errors.ts';
import { runScript } from './run-script.ts';

/** The form of what discover.py says; a new one makes kept discoveries old. */
export const DISCOVERY_SCHEMA = 1;

/** What Robot's parser found. The tree is believed as our own script writes it: checking each of many thousand tests would cost more than finding them. */
export interface FoundSuites {
  robotVersion: string;
  root: TestSuite;
  errors: ParseError[];
}

const Answer = z.union([
  z.object({ schema: z.literal(DISCOVERY_SCHEMA), error: z.string() }),
  z.object({
    schema: z.literal(DISCOVERY_SCHEMA),
    robot: z.string(),
    root: z.custom<TestSuite>((value) => typeof value === 'object' && value !== null && 'suites' in value),
    errors: z.array(z.object({ path: z.string(), line: z.number().nullable(), message: z.string(), fatal: z.boolean() })),
  }),
]);

interface DiscoveryRequest {
  python: string;
  /** resources/robot */
  scripts: string;
  folder: string;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

/** Looks for suites in a process of its own; nothing of them is executed or imported. Throws ROBOT_DATA, TIMEOUT, CANCELLED, PYTHON_MISSING. */
export async function findSuites({ python, scripts, folder, signal, timeoutMs = 10 * 60_000 }: DiscoveryRequest): Promise<FoundSuites> {
  const result = await runScript({ python, args: [join(scripts, 'discover.py'), folder], signal, timeoutMs, title: 'Looking for suites' });
  const answer = Answer.safeParse(parseJson(result.stdout));
  if (!answer.success) {
    throw new WorkbenchError('ROBOT_DATA', 'Robot Framework could not look through these test data.', {
      details: [`exit code ${result.code ?? 'none'}`, ...result.stderr.trim().split('\n').slice(-20)],
    });
  }
  if ('error' in answer.data) throw new WorkbenchError('ROBOT_DATA', answer.data.error);
  return { robotVersion: answer.data.robot, root: answer.data.root, errors: answer.data.errors };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
