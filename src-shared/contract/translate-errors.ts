import { ORPCError, ValidationError } from '@orpc/contract';
import { ERRORS, type ErrorCode, type ErrorData } from './errors.ts';

interface Known {
  code: ErrorCode;
  message: string;
  data: ErrorData;
}

/** How a process that serves procedures words what goes wrong in it, and where it writes down what is its own fault. */
export interface ErrorWording {
  /** Wraps what nobody has translated. */
  asKnown: (error: unknown) => Known;
  badRequest: (message: string, extra: { details: string[]; cause: unknown }) => Known;
  report: (message: string, error: unknown, facts: Record<string, string>) => void;
}

/** The form in which an error crosses to a face: code, status and data of the closed list; nothing of the inside. */
export function toContractError(error: unknown, path: string, wording: ErrorWording): ORPCError<string, ErrorData> {
  const known = error instanceof ORPCError ? fromTransport(error as ORPCError<string, unknown>, wording) : wording.asKnown(error);
  if (known.code === 'INTERNAL') wording.report('a procedure failed', error, { procedure: path, correlationId: known.data.correlationId });
  return new ORPCError(known.code, { status: ERRORS[known.code].status, message: known.message, data: known.data });
}

/** What oRPC itself refuses: input that does not fit the contract becomes a sentence with the places; the rest is our own fault. */
function fromTransport(error: ORPCError<string, unknown>, { asKnown, badRequest }: ErrorWording): Known {
  if (error.code !== 'BAD_REQUEST' || !(error.cause instanceof ValidationError)) return asKnown(error.cause ?? error);
  const details = error.cause.issues.map(({ path, message }) => {
    const place = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return place === '' ? message : `${place}: ${message}`;
  });
  return badRequest(`This cannot be taken as it is: ${details.slice(0, 3).join('; ')}`, { details, cause: error });
}

type Feed<T> = AsyncIterator<T, unknown, unknown>;

/** The same for what goes wrong in a feed after it has begun. Leaving the outer feed leaves the inner one at once. */
export function translatingFeed<T>(feed: Feed<T>, translate: (error: unknown) => unknown): AsyncIterableIterator<T, unknown> {
  const translated: AsyncIterableIterator<T, unknown> = {
    next: async () => {
      try {
        return await feed.next();
      } catch (error) {
        throw translate(error);
      }
    },
    return: async () => {
      await feed.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => translated,
  };
  return translated;
}

export function isFeed(output: unknown): output is Feed<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output && 'next' in output;
}
