import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { ENROL_PATH } from '../../src-shared/protocol/messages.ts';
import { ERRORS } from '../../src-shared/contract/errors.ts';
import type { HubContext } from '../api/context.ts';
import type { HubRouter } from '../api/router.ts';
import { asHubError, HubError } from '../errors.ts';
import { takeEnrolment } from '../links/enrolment.ts';
import type { LinkServices } from '../links/link-services.ts';
import type { PeopleServices } from '../people/people-services.ts';
import type { Provider } from '../people/provider.ts';
import type { HubConfig } from './config.ts';
import { addFiles, type FileParts } from './files.ts';
import { cookieFor, isOwnPage, principalOf, whatIsShown } from './gate.ts';
import { log } from './log.ts';
import type { createMetrics } from './metrics.ts';
import { findPageFile } from './pages.ts';
import { refuseBrokenRequest } from './refuse-broken-request.ts';
import { addSignInElsewhere } from './sign-in-elsewhere.ts';
import { createRest, PREFIX, withoutEmptyValues } from './rest.ts';

/** Bodies of calls; files come another way. */
const MOST_BYTES = 2_000_000;
/** In milliseconds: limits count what one address does in that time. */
const MINUTE = 60_000;

export interface HttpParts extends Omit<FileParts, 'secure'> {
  config: HubConfig;
  appVersion: string;
  router: HubRouter;
  people: PeopleServices;
  links: LinkServices;
  metrics: ReturnType<typeof createMetrics>;
  provider: Provider | null;
  /** Folder of the built renderer. */
  pages: string;
}

/** The server with everything that it answers over plain requests; sockets are hung on `server` by others. */
export async function createHttp(parts: HttpParts): Promise<FastifyInstance> {
  const { config, metrics } = parts;
  const app = await instance(config);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: isSecure(config) ? { maxAge: 31_536_000 } : false,
  });
  await app.register(rateLimit, { global: false, errorResponseBuilder: () => tooMany() });
  app.addHook('onResponse', (request, reply, done) => {
    metrics.observe(request.method, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  app.setErrorHandler((error, request, reply) => {
    const known = error instanceof HubError ? error : fromFastify(error);
    if (known.code === 'INTERNAL') log.error('a request failed', error, { path: request.url.split('?', 1)[0] ?? '' });
    const { code, message, data } = known;
    return reply.status(statusOf(error, known)).send({ defined: true, code, status: ERRORS[code].status, message, data });
  });
  addApi(app, parts);
  addEnrolment(app, parts);
  if (parts.provider !== null)
    addSignInElsewhere(app, { people: parts.people, provider: parts.provider, secure: isSecure(config), tries: config.tries });
  addFiles(app, { ...parts, secure: isSecure(config) });
  addProbes(app, parts);
  app.setNotFoundHandler((request, reply) => sendPage(request, reply, parts.pages));
  return app;
}

async function instance({ tls, trustProxy }: HubConfig): Promise<FastifyInstance> {
  const common = {
    bodyLimit: MOST_BYTES,
    forceCloseConnections: true,
    clientErrorHandler: refuseBrokenRequest,
    ...(trustProxy.length === 0 ? {} : { trustProxy }),
  };
  if (tls === undefined) return Fastify(common);
  const [cert, key] = await Promise.all([readFile(tls.certificate), readFile(tls.key)]);
  return Fastify({ ...common, https: { cert, key } });
}

export function isSecure({ tls, publicUrl }: HubConfig): boolean {
  return tls !== undefined || publicUrl?.startsWith('https:') === true;
}

function addApi(app: FastifyInstance, { config, people, router, appVersion }: HttpParts): void {
  const rest = createRest(router, appVersion);
  const secure = isSecure(config);
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const shown = whatIsShown(request.headers, secure);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && shown?.kind !== 'token' && !isOwnPage(request.headers, config.publicUrl)) {
      throw new HubError('FORBIDDEN', 'This request comes from a page of somebody else.');
    }
    const context: HubContext = {
      principal: () => principalOf(people, shown),
      visitor: { address: request.ip, agent: request.headers['user-agent'] ?? '' },
      setSession: (secret) => void reply.header('set-cookie', cookieFor(secret, secure)),
    };
    reply.header('cache-control', 'no-store');
    Object.assign(request.raw, { originalUrl: withoutEmptyValues(request.url) });
    const { matched } = await rest.handler.handle(request, reply, { prefix: PREFIX, context });
    if (!matched) throw new HubError('NOT_FOUND', 'The hub has nothing at this address.');
  };
  void app.register((scope, _options, done) => {
    // The contract library reads bodies itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, next) => next(null, undefined));
    scope.addHook('onRequest', (request, reply, next) => {
      const methods = rest.methodsAt(request.url);
      next(methods.length === 0 || methods.includes(request.method) ? undefined : wrongMethod(reply, methods));
    });
    const entry = { config: { rateLimit: { max: config.tries, timeWindow: MINUTE } } };
    scope.post(`${PREFIX}/sessions`, entry, answer);
    scope.post(`${PREFIX}/invitations/redeem`, entry, answer);
    scope.get(`${PREFIX}/openapi.json`, async (_request, reply) => reply.type('application/json').send(await rest.document()));
    scope.all(`${PREFIX}/*`, { config: { rateLimit: { max: config.calls, timeWindow: MINUTE } } }, answer);
    done();
  });
}

/** Where a harness asks to join; whatever is wrong, it learns no more than that. */
function addEnrolment(app: FastifyInstance, { config, links }: HttpParts): void {
  app.post(ENROL_PATH, { config: { rateLimit: { max: config.tries, timeWindow: MINUTE } } }, async (request) => {
    const enrolled = await takeEnrolment(links, request.body);
    if (enrolled === null) throw new HubError('FORBIDDEN', 'This code is not (or no longer) good. Ask for a new one.');
    return enrolled;
  });
}

/** /health: the process answers. /ready: so do its facts. /metrics: figures, for this machine or for who has the token. */
function addProbes(app: FastifyInstance, { config, people, metrics }: HttpParts): void {
  app.get('/health', () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    try {
      await sql`select 1`.execute(people.store);
      return { status: 'ready' };
    } catch {
      return reply.status(503).send({ status: 'the store does not answer' });
    }
  });
  app.get('/metrics', async (request, reply) => {
    const shown = whatIsShown(request.headers, false);
    const near = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip) && config.trustProxy.length === 0;
    const allowed = config.metricsToken === undefined ? near : shown?.kind === 'token' && shown.secret === config.metricsToken;
    if (!allowed) throw new HubError('FORBIDDEN', 'Figures are for this machine, or for who has the token of the metrics.');
    return reply.type(metrics.type).send(await metrics.text());
  });
}

async function sendPage(request: FastifyRequest, reply: FastifyReply, pages: string): Promise<FastifyReply> {
  const path = request.url.split('?', 1)[0] ?? '/';
  const file = request.method === 'GET' && !path.startsWith('/api/') ? await findPageFile(pages, path) : null;
  if (file === null) throw new HubError('NOT_FOUND', 'The hub has nothing at this address.');
  reply.header('cache-control', file.lasting ? 'public, max-age=31536000, immutable' : 'no-store');
  return reply.type(file.type).send(file.body);
}

/** At an address that has something for other methods, the answer names them. */
function wrongMethod(reply: FastifyReply, methods: readonly string[]): Error {
  reply.header('allow', methods.join(', '));
  return Object.assign(new HubError('BAD_REQUEST', `This address takes ${methods.join(', ')} only.`), { statusCode: 405 });
}

function tooMany(): Error {
  return Object.assign(new HubError('FORBIDDEN', 'Too many tries from this address. Wait a minute.'), { statusCode: 429 });
}

/** What the server itself refuses before anything of ours is asked: a body too large, a header it cannot read. */
function fromFastify(error: unknown): HubError {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? new HubError('BAD_REQUEST', (error as Error).message, { cause: error }) : asHubError(error);
}

function statusOf(error: unknown, known: HubError): number {
  const given = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 0;
  return given >= 400 && given < 500 ? given : ERRORS[known.code].status;
}
