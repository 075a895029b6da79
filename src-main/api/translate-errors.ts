import { AsyncIteratorClass, ORPCError, ValidationError } from '@orpc/server';
import { ERRORS, type ErrorData } from '../../src-shared/contract/errors.ts';
import { asWorkbenchError, WorkbenchError } from '../errors.ts';
import type { Log } from '../log.ts';

/** The form in which an error crosses to a face: code, status and data of the closed list; nothing of the inside. */
export function toContractError(error: unknown, log: Log, path: string): ORPCError<string, ErrorData> {
  const known = error instanceof ORPCError ? fromTransport(error as ORPCError<string, unknown>) : asWorkbenchError(error);
  if (known.code === 'INTERNAL') log.error('a procedure failed', error, { procedure: path, correlationId: known.data.correlationId });
  return new ORPCError(known.code, { status: ERRORS[known.code].status, message: known.message, data: known.data });
}

/** What oRPC itself refuses: input that does not fit the contract becomes a sentence with the places; the rest is our own fault. */
function fromTransport(error: ORPCError<string, unknown>): WorkbenchError {
  if (error.code !== 'BAD_REQUEST' || !(error.cause instanceof ValidationError)) return asWorkbenchError(error.cause ?? error);
  const details = error.cause.issues.map(({ path, message }) => {
    const place = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return place === '' ? message : `${place}: ${message}`;
  });
  return new WorkbenchError('BAD_REQUEST', `This cannot be taken as it is: ${details.slice(0, 3).join('; ')}`, { details, cause: error });
}

/** The same for what goes wrong in a feed after it has begun. Leaving the outer feed leaves the inner one at once. */
export function translatingFeed<T>(
  feed: AsyncIterator<T, unknown, unknown>,
  translate: (error: unknown) => unknown,
): AsyncIteratorObject<T, unknown, void> {
  return new AsyncIteratorClass<T, unknown, void>(
    async () => {
      try {
        return await feed.next();
      } catch (error) {
        throw translate(error);
      }
    },
    async (reason) => {
      if (reason !== 'next') await feed.return?.();
    },
  );
}

export function isFeed(output: unknown): output is AsyncIterator<unknown, unknown, unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output && 'next' in output;
}
