import { SmartCoercionPlugin } from '@orpc/json-schema';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { HubContext } from '../api/context.ts';
import type { HubRouter } from '../api/router.ts';
import { HubError } from '../errors.ts';
import { describeRest, methodsAt } from './describe-rest.ts';

export const PREFIX = '/api/v1';

/** REST of the same contract. */
export function createRest(router: HubRouter, appVersion: string) {
  let document: Promise<string> | undefined;
  return {
    handler: new OpenAPIHandler<HubContext>(router, {
      plugins: [new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })],
      rootInterceptors: [
        async ({ next, request }) => {
          demandObject(await request.body().catch(() => undefined));
          return next();
        },
      ],
    }),
    /** The OpenAPI document as JSON text; made once, when first asked for. */
    document: () => (document ??= describeRest(appVersion, PREFIX)),
    /** What may be done at this address; empty = there is nothing at it. */
    methodsAt: (url: string) => methodsAt(pathOf(url).slice(PREFIX.length)),
  };
}

/** What a call says beside its address is one object; anything else would be passed over in silence. */
function demandObject(body: unknown): void {
  if (body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body))) return;
  throw new HubError('BAD_REQUEST', 'The body of a call is one JSON object.');
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

/** `?limit=` says as much as nothing: what is empty in a question is left to its default. */
export function withoutEmptyValues(url: string): string {
  const [path = '', query] = url.split('?', 2);
  if (query === undefined || !path.startsWith(PREFIX)) return url;
  const said = query.split('&').filter((part) => !/^[^=]*=?$/u.test(part));
  return said.length === 0 ? path : `${path}?${said.join('&')}`;
}
