import type { ErrorWording } from '../../src-shared/contract/translate-errors.ts';
import { asWorkbenchError, WorkbenchError } from '../errors.ts';
import type { Log } from '../log.ts';

/** The harness' errors, for whoever sends them out of it. */
export const wordingOf = (log: Log): ErrorWording => ({
  asKnown: asWorkbenchError,
  badRequest: (message, extra) => new WorkbenchError('BAD_REQUEST', message, extra),
  report: (message, error, facts) => log.error(message, error, facts),
});
