import type { ErrorWording } from '../../src-shared/contract/translate-errors.ts';
import { asHubError, HubError } from '../errors.ts';

/** What went wrong inside, for whoever has to find out why. */
export type Report = ErrorWording['report'];

/** The hub's errors, for whoever sends them out of it. */
export const wordingOf = (report: Report): ErrorWording => ({
  asKnown: asHubError,
  badRequest: (message, extra) => new HubError('BAD_REQUEST', message, extra),
  report,
});
