import { openContent, sizeOf } from '@atn/content-store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { Sha256 } from '../../src-shared/model/text.ts';
import { CONTENT_PATH, HARNESS_HEADER, PUBLISH_PATH, RunManifest } from '../../src-shared/protocol/messages.ts';
import { HubError } from '../errors.ts';
import type { PeopleServices } from '../people/people-services.ts';
import { demandRight } from '../people/principal.ts';
import { takeFile, takeManifest } from '../runs/publish-run.ts';
import { BADGES_PATH, openBadge } from '../runs/badges.ts';
import { EXPORTS_PATH, type RunExports } from '../runs/export-run.ts';
import { REPORTS_PATH, type ReportFiles } from '../runs/report-files.ts';
import type { HubRunServices } from '../runs/run-services.ts';
import { isPresent } from '../store/runs.ts';
import { UPLOADS_PATH, type Uploads } from '../uploads/uploads.ts';
import type { HubConfig } from './config.ts';
import { isOwnPage, principalOf, whatIsShown } from './gate.ts';

/** A manifest names up to a hundred thousand files. */
const MOST_MANIFEST_BYTES = 40_000_000;
const MINUTE = 60_000;

export interface FileParts {
  config: HubConfig;
  secure: boolean;
  people: PeopleServices;
  runs: HubRunServices;
  reports: ReportFiles;
  exports: RunExports;
  uploads: Uploads;
}

/** Everything that moves as files: what people bring, what harnesses fetch and bring, what browsers open. Bodies are streams here. */
export function addFiles(app: FastifyInstance, parts: FileParts): void {
  const limit = { config: { rateLimit: { max: parts.config.calls, timeWindow: MINUTE } } };
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, next) => next(null, payload));
    scope.all(UPLOADS_PATH, limit, (request, reply) => takeUpload(parts, request, reply));
    scope.all(`${UPLOADS_PATH}/*`, limit, (request, reply) => takeUpload(parts, request, reply));
    scope.get(`${CONTENT_PATH}/:sha256`, (request, reply) => sendContent(parts, request, reply));
    scope.put(`${PUBLISH_PATH}/:id/files/:sha256`, async (request) => {
      const { id = '', sha256 = '' } = request.params as Record<string, string>;
      const offset = Number((request.query as Record<string, string>)['offset'] ?? 0);
      const harnessId = await demandHarness(parts, request);
      await takeFile(parts.runs, { harnessId, id, sha256, offset }, request.body as Readable);
      return { taken: true };
    });
    scope.get(`${REPORTS_PATH}/:token/*`, limit, (request, reply) => openReport(parts, request, reply));
    scope.get(`${EXPORTS_PATH}/*`, limit, (request, reply) => sendExport(parts, request, reply));
    scope.get(`${BADGES_PATH}/*`, limit, (request, reply) => sendBadge(parts, request, reply));
    done();
  });
  app.post(`${PUBLISH_PATH}/:id/manifest`, { bodyLimit: MOST_MANIFEST_BYTES }, async (request) => {
    const harnessId = await demandHarness(parts, request);
    const manifest = RunManifest.safeParse(request.body);
    if (!manifest.success) throw new HubError('BAD_REQUEST', 'This is no list of the files of a run.');
    return takeManifest(parts.runs, { harnessId, id: (request.params as { id: string }).id }, manifest.data);
  });
}

/** The rights of somebody who may use machines; a browser only from our own page. */
async function takeUpload({ config, secure, people, uploads }: FileParts, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const shown = whatIsShown(request.headers, secure);
  if (shown?.kind !== 'token' && !isOwnPage(request.headers, config.publicUrl))
    throw new HubError('FORBIDDEN', 'This request comes from a page of somebody else.');
  const who = await principalOf(people, shown);
  demandRight(who, { role: 'tester', scope: 'use' });
  if (who === null) throw new HubError('UNAUTHORIZED');
  reply.hijack();
  await uploads.handle(request.raw, reply.raw, { ...who.person, address: request.ip });
}

/** The harness whose present session this is; anybody else learns nothing. */
async function demandHarness({ runs }: FileParts, request: FastifyRequest): Promise<string> {
  const shown = whatIsShown(request.headers, false);
  const harnessId = request.headers[HARNESS_HEADER];
  const known = shown?.kind === 'token' && typeof harnessId === 'string';
  if (!known || !(await isPresent(runs.store, { harnessId, session: shown.secret })))
    throw new HubError('UNAUTHORIZED', 'This is for harnesses that are linked.');
  return harnessId;
}

/** Only what a run that was asked of this harness names. */
async function sendContent(parts: FileParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const harnessId = await demandHarness(parts, request);
  const { store, content } = parts.runs;
  const sha256 = Sha256.safeParse((request.params as { sha256: string }).sha256);
  const wanted = sha256.success
    ? await store
        .selectFrom('remote_run')
        .select('id')
        .where('harness_id', '=', harnessId)
        .where('asked', 'like', `%${sha256.data}%`)
        .executeTakeFirst()
    : undefined;
  const size = sha256.success && wanted !== undefined ? await sizeOf(content, sha256.data) : null;
  if (!sha256.success || size === null) throw new HubError('NOT_FOUND', 'The hub does not have this (any more).');
  const start = Number(/^bytes=(\d{1,15})-$/u.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start > size) throw new HubError('BAD_REQUEST', `It has ${size} bytes only.`);
  reply
    .status(206)
    .header('content-range', `bytes ${start}-${Math.max(start, size - 1)}/${size}`)
    .header('content-length', size - start);
  return reply.type('application/octet-stream').send(await openContent(content, sha256.data, { start }));
}

async function openReport({ config, reports }: FileParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token = '', '*': path = '' } = request.params as Record<string, string>;
  const origin = config.publicUrl?.replace(/\/$/u, '') ?? `${request.protocol}://${request.host}`;
  const destination = request.headers['sec-fetch-dest'];
  const framed = destination === undefined ? 'framed' in (request.query as object) : destination === 'iframe' || destination === 'frame';
  const found = await reports.open(token, path, { origin, framed });
  if (found === null) throw new HubError('NOT_FOUND', 'This address is no longer good. Open the report from its run again.');
  // A report is shown in a frame of our own page only; its own policy says so.
  reply.removeHeader('x-frame-options');
  reply.removeHeader('cross-origin-resource-policy');
  return reply.headers(found.headers).send(found.body);
}

/** For pages elsewhere, so nothing of a session is looked at; asked for again each time, because the next run changes it. */
async function sendBadge({ runs }: FileParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const found = await openBadge(runs, (request.params as Record<'*', string>)['*']);
  reply.header('cache-control', 'no-cache');
  if (found.kind === 'page') return reply.redirect(found.path, 302);
  reply.header('cross-origin-resource-policy', 'cross-origin');
  return reply.type('image/svg+xml; charset=utf-8').send(found.svg);
}

/** Nothing of it is shown by a browser: it is a file to keep. */
async function sendExport({ exports }: FileParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  // A named part of an address may have a hundred characters, a token and a name have more.
  const [token = '', name = ''] = (request.params as Record<'*', string>)['*'].split('/');
  const body = await exports.open(token);
  if (body === null) throw new HubError('NOT_FOUND', 'This address is no longer good. Export the run from its page again.');
  reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`);
  return reply.type('application/octet-stream').send(body);
}
