import type { ContentStore } from '@atn/content-store';
import { join } from 'node:path';
import type { Changes } from '../../changes.ts';
import { asWorkbenchError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { ReadableStore } from '../../store/handle.ts';

export interface LanguageEnvironment {
  python: string;
  pythonPath: readonly string[];
}

/** What a language server is prepared and run with. */
export interface LanguageServices {
  store: ReadableStore;
  content: ContentStore;
  changes: Changes;
  log: Log;
  scratch: string;
  newId: () => string;
  /** An environment with the language server and the libraries of these test data; and what it depends on, as text. */
  environment: (testDataId: string, options: { signal: AbortSignal; onStep: (step: string) => void }) => Promise<LanguageEnvironment>;
  environmentKey: (testDataId: string) => string;
  /** How long a server may stand while nothing is typed, in milliseconds. */
  idleMs: number;
}

/** Why there is no language server, and what to do. */
export function sayAway(error: unknown): string {
  const { message, data } = asWorkbenchError(error);
  return `Errors while typing are off: ${[message, ...data.details.slice(-1)].join(' ')}`;
}

export function placeOf(scratch: string, id: string): string {
  return join(scratch, `language-${id}`);
}
