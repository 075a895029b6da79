import { onError, type AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { MessagePortMain } from 'electron';
import type { ApiContext } from '../harness.ts';

/** Serves the contract on one port, for as long as the page holds its other end. */
export function servePort(port: MessagePortMain, router: AnyRouter, context: ApiContext): void {
  new RPCHandler(router, { interceptors: [onError(report)] }).upgrade(port, { context });
  port.start();
}

/** What the contract declares is an answer; only what nobody foresaw is worth a line in the log. */
function report(error: unknown): void {
  const declared = typeof error === 'object' && error !== null && 'defined' in error && error.defined === true;
  if (!declared) console.error(error);
}
