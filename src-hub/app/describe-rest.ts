import type { OpenAPI } from '@orpc/contract';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { HubRight } from '../../src-shared/contract/hub/base.ts';
import { hubContract } from '../../src-shared/contract/hub/index.ts';

interface Described {
  method: string;
  path: string;
  right: HubRight;
  answers: boolean;
}

/** What of a procedure of the contract is looked at here. */
interface Procedure {
  '~orpc': { route: { method?: string; path?: string }; meta: { right: HubRight }; outputSchema?: unknown };
}

/** What the contract says of each procedure, as far as an address has it. */
const procedures: Described[] = Object.values<Readonly<Record<string, Procedure>>>(hubContract).flatMap((part) =>
  Object.values(part).map((procedure) => {
    const { route, meta, outputSchema } = procedure['~orpc'];
    return { method: route.method ?? 'POST', path: route.path ?? '', right: meta.right, answers: outputSchema !== undefined };
  }),
);

/** The OpenAPI document of the contract as JSON text, with what the server itself may answer. */
export async function describeRest(appVersion: string, prefix: string): Promise<string> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(hubContract, {
    info: { title: 'ATN hub', version: appVersion },
    servers: [{ url: prefix }],
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Refusal: REFUSAL },
      responses: {
        TooLarge: refusal('The body is larger than the hub takes.'),
        TooLong: refusal('The address and the headers are longer than the hub takes. Ask for less at once.'),
        TooMany: refusal('Too many calls from this address. Wait a minute.'),
      },
    },
  });
  for (const { method, path, right, answers } of procedures) {
    const operation = document.paths?.[path]?.[method.toLowerCase() as 'get'];
    if (operation === undefined) continue;
    if (right.role === 'anyone') operation.security = [];
    const responses: Record<string, unknown> = (operation.responses ??= {});
    responses['413'] = { $ref: '#/components/responses/TooLarge' };
    responses['431'] = { $ref: '#/components/responses/TooLong' };
    responses['429'] = { $ref: '#/components/responses/TooMany' };
    if (!answers) responses['200'] = { description: 'Done' };
    else writeDataAsText(responses['200']);
  }
  return JSON.stringify(document);
}

/** In a stream of events data is text that holds JSON. */
function writeDataAsText(answer: unknown): void {
  const { content } = answer as OpenAPI.ResponseObject;
  const { oneOf = [] } = (content?.['text/event-stream']?.schema ?? {}) as { oneOf?: { properties?: Record<string, unknown> }[] };
  for (const { properties } of oneOf)
    if (properties?.['data'] !== undefined)
      properties['data'] = { type: 'string', contentMediaType: 'application/json', contentSchema: properties['data'] };
}

const REFUSAL: OpenAPI.SchemaObject = {
  type: 'object',
  required: ['code', 'message', 'data'],
  properties: { code: { type: 'string' }, message: { type: 'string' }, data: { type: 'object' } },
};

function refusal(description: string): OpenAPI.ResponseObject {
  return { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } } };
}

/** Methods at an address below the prefix. */
export function methodsAt(path: string): string[] {
  const exact = procedures.filter((one) => one.path === path);
  const found = exact.length > 0 ? exact : procedures.filter((one) => fits(one.path.split('/'), path.split('/')));
  return [...new Set(found.map(({ method }) => method))];
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return pattern.length === parts.length && pattern.every((part, index) => part.startsWith('{') || part === parts[index]);
}
