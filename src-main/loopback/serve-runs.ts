import type { Router } from '@orpc/server';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { runAccessContract } from '../../src-shared/contract/run-access.ts';

interface RunsServed<Run> {
  router: Router<typeof runAccessContract, { run: Run }>;
  /** Whose token it is; undefined = nobody's. */
  find(token: string): Run | undefined;
}

const PREFIX = '/run-access';

/** The listener for running runs: nothing but the contract of run access, nothing without the token of a run, nothing for a browser. */
export async function serveRuns<Run>({ router, find }: RunsServed<Run>): Promise<{ url: string; close(): Promise<void> }> {
  const { OpenAPIHandler } = await import('@orpc/openapi/node');
  const handler = new OpenAPIHandler<{ run: Run }>(router);
  let host = '';
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.headers.host !== host || request.headers.origin !== undefined) return refuse(response, 421, 'This door is for runs only.');
    const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ', 2);
    const run = scheme === 'Bearer' ? find(token) : undefined;
    if (run === undefined) return refuse(response, 401, 'This is not the token of a run that is executing.');
    const { matched } = await handler.handle(request, response, { prefix: PREFIX, context: { run } });
    if (!matched) refuse(response, 404, 'The workbench does not know this request of the keyword library.');
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  host = `127.0.0.1:${port}`;
  // It keeps nothing alive: a harness that has nothing else to do may end.
  server.unref();
  return {
    url: `http://${host}${PREFIX}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const code = status === 401 ? 'UNAUTHORIZED' : 'BAD_REQUEST';
  response.writeHead(status, { 'Content-Type': 'application/json', 'X-Content-Type-Options': 'nosniff' });
  response.end(JSON.stringify({ code, message }));
}
