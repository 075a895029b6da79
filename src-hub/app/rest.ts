import { SmartCoercionPlugin } from '@orpc/json-schema';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { hubContract } from '../../src-shared/contract/hub/index.ts';
import type { HubContext } from '../api/context.ts';
import type { HubRouter } from '../api/router.ts';

export const PREFIX = '/api/v1';

/** REST of the same contract. */
export function createRest(router: HubRouter, appVersion: string) {
  const schemaConverters = [new ZodToJsonSchemaConverter()];
  let document: Promise<string> | undefined;
  const generate = async () => {
    const generator = new OpenAPIGenerator({ schemaConverters });
    const made = await generator.generate(hubContract, {
      info: { title: 'ATN hub', version: appVersion },
      servers: [{ url: PREFIX }],
      security: [{ token: [] }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    });
    return JSON.stringify(made);
  };
  return {
    handler: new OpenAPIHandler<HubContext>(router, { plugins: [new SmartCoercionPlugin({ schemaConverters })] }),
    /** The OpenAPI document as JSON text; made once, when first asked for. */
    document: () => (document ??= generate()),
  };
}
