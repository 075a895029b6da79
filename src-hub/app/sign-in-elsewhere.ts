import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asHubError, HubError } from '../errors.ts';
import { writeAudit } from '../people/audit.ts';
import { enterByProvider } from '../people/enter-by-provider.ts';
import type { PeopleServices } from '../people/people-services.ts';
import type { Provider } from '../people/provider.ts';
import { attemptCookieFor, attemptOf, cookieFor, principalOf, whatIsShown } from './gate.ts';
import { log } from './log.ts';

export const PROVIDER_BEGIN = '/api/provider/begin';
export const PROVIDER_RETURN = '/api/provider/return';

interface Parts {
  people: PeopleServices;
  provider: Provider;
  secure: boolean;
  /** Tries of one address in a minute. */
  tries: number;
}

/** Sends the browser to the provider and takes it back. Whoever is signed in already links the two. */
export function addSignInElsewhere(app: FastifyInstance, parts: Parts): void {
  const { people, provider, secure, tries } = parts;
  const limit = { config: { rateLimit: { max: tries, timeWindow: 60_000 } } };
  app.get(PROVIDER_BEGIN, limit, async (request, reply) => {
    try {
      const who = await principalOf(people, whatIsShown(request.headers, secure));
      const { address, state } = await provider.begin(people, who?.person.id ?? null);
      return await reply.header('set-cookie', attemptCookieFor(state, secure)).header('cache-control', 'no-store').redirect(address);
    } catch (error) {
      return refuse(reply, error);
    }
  });
  app.get(PROVIDER_RETURN, limit, async (request, reply) => {
    const outcome = await enter(request, parts).catch((error: unknown) => asHubError(error));
    const failed = outcome instanceof HubError;
    await writeAudit(people.store, {
      ...{ at: people.now(), deed: 'sessions.provider', subject: provider.settings.name, address: request.ip },
      ...(failed
        ? { personId: null, person: '', outcome: outcome.code }
        : { personId: outcome.person.id, person: outcome.person.name, outcome: 'done' }),
    });
    if (failed) return refuse(reply, outcome);
    const cookies = [cookieFor(outcome.secret, secure), attemptCookieFor(null, secure)];
    return reply.header('set-cookie', cookies).header('cache-control', 'no-store').redirect('/');
  });
}

async function enter(request: FastifyRequest, { people, provider, secure }: Parts) {
  const state = attemptOf(request.headers, secure);
  const [, search = ''] = request.url.split('?', 2);
  const brought = new URLSearchParams(search).get('state');
  if (state === null || brought !== state) throw new HubError('UNAUTHORIZED', 'This sign-in was begun elsewhere. Begin again.');
  const claims = await provider.finish(people, state, `?${search}`);
  const visitor = { address: request.ip, agent: request.headers['user-agent'] ?? '' };
  return enterByProvider(people, provider.settings, { claims, visitor });
}

/** The page says why; it knows the codes, so that nobody can put words of their own there. */
function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  const known = asHubError(error);
  if (known.cause !== undefined) log.error('a sign-in by the provider failed', known.cause, { reason: known.message });
  return reply.header('cache-control', 'no-store').redirect(`/?refused=${known.code}`);
}
