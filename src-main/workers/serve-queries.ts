import { parentPort } from 'node:worker_threads';
import type { ErrorCode, ErrorData } from '../../src-shared/contract/errors.ts';
import { WorkbenchError } from '../errors.ts';

/** What a thread answers, by name; inputs and outputs are plain data, they cross threads. */
export type Queries = Record<string, (input: never) => unknown>;

export interface Question {
  id: number;
  name: string;
  input: unknown;
}

export type Answer =
  | { id: number; value: unknown }
  | {
      id: number;
      error: {
        message: string;
        stack?: string | undefined;
        systemCode?: string | undefined;
        known?: { code: ErrorCode; data: ErrorData } | undefined;
      };
    };

/** The thread side of a `ReadThread`. */
export function serveQueries(queries: Queries): void {
  const port = parentPort;
  if (port === null) throw new Error('This file serves queries in a thread; it is not started by itself.');
  port.on('message', (message: Question | 'leave') => {
    if (message === 'leave') return port.close();
    const { id, name, input } = message;
    const answer = answerTo(id, () => queries[name]?.(input as never));
    port.postMessage(answer);
  });
}

function answerTo(id: number, query: () => unknown): Answer {
  try {
    return { id, value: query() };
  } catch (error) {
    if (error instanceof WorkbenchError) return { id, error: { message: error.message, known: { code: error.code, data: error.data } } };
    const known = error instanceof Error ? error : new Error(String(error));
    return { id, error: { message: known.message, stack: known.stack, systemCode: 'code' in known ? String(known.code) : undefined } };
  }
}
