import type { FastifyInstance } from 'fastify';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { HubContext } from '../api/context.ts';
import { attachLinks } from '../links/attach-links.ts';
import { inviteFirst } from '../people/invitations.ts';
import type { PeopleServices } from '../people/people-services.ts';
import { Provider } from '../people/provider.ts';
import { openCallPool, openStore } from '../store/open-store.ts';
import { composeRouter } from './compose-router.ts';
import type { HubConfig } from './config.ts';
import { isOwnPage, principalOf, whatIsShown } from './gate.ts';
import { createHttp, isSecure } from './http.ts';
import { log } from './log.ts';
import { HookSender } from '../notices/hook-sender.ts';
import { NoticeClock } from '../notices/notice-clock.ts';
import { createMetrics } from './metrics.ts';
import { PROVIDER_BEGIN, PROVIDER_RETURN } from './sign-in-elsewhere.ts';
import { serveSockets } from './sockets.ts';
import { Uploads } from '../uploads/uploads.ts';

export interface HubOptions {
  config: HubConfig;
  appVersion: string;
  /** Folder of the built renderer. */
  pages: string;
  now?: () => number;
}

export interface Hub {
  /** Where it listens, as this machine reaches it. */
  url: string;
  /** How browsers are told to reach it. */
  publicUrl: string;
  /** The one-time address by which the first administrator comes; null where there is one already. */
  firstLink: string | null;
  close(): Promise<void>;
}

/** The only place that builds the hub's things and joins them. */
export async function composeHub({ config, appVersion, pages, now = Date.now }: HubOptions): Promise<Hub> {
  mkdirSync(config.home, { recursive: true, mode: 0o700 });
  const store = await openStore(placeOf(config));
  let publicUrl = config.publicUrl?.replace(/\/$/u, '') ?? '';
  const provider = config.provider === undefined ? null : new Provider(config.provider, `${publicUrl}${PROVIDER_RETURN}`);
  const { router, people, links, runs, reports, exports } = composeRouter({
    provider: provider === null ? null : { name: provider.settings.name, address: PROVIDER_BEGIN },
    ...{ store, now, name: config.name, appVersion, report: log.error, home: config.home },
    address: () => publicUrl,
  });
  const uploads = new Uploads(runs, join(config.home, 'uploads'), {
    ...{ upload: config.uploadBytes, person: config.personBytes, whole: config.wholeBytes },
  });
  await uploads.recover();
  let open = () => 0;
  const metrics = createMetrics({ sockets: () => open() });
  const app = await createHttp({ config, appVersion, router, people, links, runs, reports, exports, uploads, metrics, pages, provider });
  const sockets = serveSockets(app.server, {
    router,
    enter: async ({ headers, socket }) => {
      const shown = whatIsShown(headers, isSecure(config));
      if (shown?.kind === 'session' && !isOwnPage(headers, config.publicUrl)) return null;
      const who = await principalOf(people, shown);
      const visitor = { address: socket.remoteAddress ?? '', agent: headers['user-agent'] ?? '' };
      const context: HubContext = { principal: () => principalOf(people, shown), visitor, setSession: () => undefined };
      return who === null ? null : { context, who };
    },
  });
  const calls = config.databaseUrl === undefined ? undefined : await openCallPool(config.databaseUrl);
  const harnesses = attachLinks(app.server, links, calls?.pool);
  const clock = new NoticeClock(links, log.error);
  clock.start();
  const sender = new HookSender({ services: links, allowsPrivate: config.privateHooks, report: log.error });
  sender.start();
  links.notices.on((sessionId) => sockets.end([sessionId]), 'session');
  open = sockets.count;
  const url = await listen(app, config);
  if (publicUrl === '') publicUrl = url;
  return {
    url,
    publicUrl,
    firstLink: await firstLink(people, publicUrl),
    close: async () => {
      sockets.close();
      uploads.close();
      await clock.close();
      await sender.close();
      await harnesses.close();
      await app.close();
      await calls?.close();
      runs.records.close();
      await store.destroy();
    },
  };
}

export function placeOf({ databaseUrl, home }: HubConfig) {
  return databaseUrl === undefined
    ? ({ kind: 'sqlite', file: join(home, 'hub.db') } as const)
    : ({ kind: 'postgres', url: databaseUrl } as const);
}

async function listen(app: FastifyInstance, config: HubConfig): Promise<string> {
  await app.listen({ host: config.host, port: config.port });
  const { port } = app.server.address() as AddressInfo;
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  return `${config.tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function firstLink(people: PeopleServices, publicUrl: string): Promise<string | null> {
  const admin = await people.store
    .selectFrom('person')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled', '=', 0)
    .executeTakeFirst();
  return admin === undefined ? joinLink(publicUrl, await inviteFirst(people)) : null;
}

/** The secret stands behind the #, which browsers send to nobody. */
export function joinLink(publicUrl: string, secret: string): string {
  return `${publicUrl}/join#${secret}`;
}
