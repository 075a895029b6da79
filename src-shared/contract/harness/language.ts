import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Editor'] };

/**
 * What the language server of an editor does. `preparing`: what is fetched or started just now. `ready`: it listens under this session;
 * `rootUri` (no slash at its end) stands before every path, and documents are opened anew at each `ready`. `asleep`: nothing was typed for
 * long; the next message to its session wakes it, and is answered by another `ready`. `away`: the editor works without it; `why` is a
 * sentence that says what to do, and reading the stream anew tries again. `message`: of the server (JSON-RPC 2.0), as JSON.
 */
export const LanguageEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('preparing'), step: z.string() }),
  z.object({ type: z.literal('ready'), session: Id, rootUri: z.string() }),
  z.object({ type: z.literal('asleep') }),
  z.object({ type: z.literal('away'), why: z.string() }),
  z.object({ type: z.literal('message'), json: z.string() }),
]);
export type LanguageEvent = z.infer<typeof LanguageEvent>;

/** Errors while typing, completion, documentation of keywords and where they are defined: the Language Server Protocol, after `initialize`. */
export const language = {
  /** The language server for the newest revision of test data and the caller's drafts; it ends when this stream is left. */
  follow: procedure
    .route({ method: 'GET', path: '/test-data/{id}/language', ...tag })
    .input(z.object({ id: Id }))
    .output(eventIterator(LanguageEvent)),
  /** A message (JSON-RPC 2.0, as JSON) about texts: open, change and close them, complete, hover, define. NOT_FOUND when the session is over. */
  tell: procedure
    .route({ method: 'POST', path: '/language/{session}', ...tag })
    .input(z.object({ session: Id, json: z.string().max(12_000_000) }))
    .output(z.object({ told: z.literal(true) })),
};
