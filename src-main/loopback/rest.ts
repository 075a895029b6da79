import { SmartCoercionPlugin } from '@orpc/json-schema';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext, Harness } from '../harness.ts';

const PREFIX = '/api/v1';

/** REST of the same contract; answers false for an address the contract does not know. */
export class Rest {
  readonly #handler: OpenAPIHandler<ApiContext>;
  readonly #appVersion: string;
  #document: Promise<string> | undefined;

  constructor(harness: Harness, appVersion: string) {
    const schemaConverters = [new ZodToJsonSchemaConverter()];
    this.#handler = new OpenAPIHandler(harness.router, { plugins: [new SmartCoercionPlugin({ schemaConverters })] });
    this.#appVersion = appVersion;
  }

  async handle(request: IncomingMessage, response: ServerResponse, context: ApiContext): Promise<boolean> {
    const { matched } = await this.#handler.handle(request, response, { prefix: PREFIX, context });
    return matched;
  }

  /** The OpenAPI document as JSON text; made once, when first asked for. */
  document(): Promise<string> {
    this.#document ??= this.#generate();
    return this.#document;
  }

  async #generate(): Promise<string> {
    const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
    const document = await generator.generate(harnessContract, {
      info: { title: 'ATN Workbench harness', version: this.#appVersion },
      servers: [{ url: PREFIX }],
      security: [{ owner: [] }],
      components: { securitySchemes: { owner: { type: 'http', scheme: 'bearer' } } },
    });
    return JSON.stringify(document);
  }
}
