import { AsyncIteratorClass, ORPCError, ValidationError } from '@orpc/server';
import { ERRORS, type ErrorData } from '../../src-shared/contract/errors.ts';
import { asHubError, HubError } from '../errors.ts';

/** What went wrong inside, for whoever has to find out why. */
export type Report = (message: string, error: unknown, facts: Record<string, string>) => void;

/** The form in which an error leaves: code, status and data of the closed list; nothing of the inside. */
export function toContractError(error: unknown, path: string, report: Report): ORPCError<string, ErrorData> {
  const known = error instanceof ORPCError ? fromTransport(error as ORPCError<string, unknown>) : asHubError(error);
  if (known.code === 'INTERNAL') report('a procedure failed', error, { procedure: path, correlationId: known.data.correlationId });
  return new ORPCError(known.code, { status: ERRORS[known.code].status, message: known.message, data: known.data });
}

function fromTransport(error: ORPCError<string, unknown>): HubError {
  if (error.code !== 'BAD_REQUEST' || !(error.cause instanceof ValidationError)) return asHubError(error.cause ?? error);
  const details = error.cause.issues.map(({ path, message }) => {
    const place = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return place === '' ? message : `${place}: ${message}`;
  });
  return new HubError('BAD_REQUEST', `This cannot be taken as it is: ${details.slice(0, 3).join('; ')}`, { details, cause: error });
}

/** The same for what goes wrong in a feed after it has begun. */
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
