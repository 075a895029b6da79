import { onError, type AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain, MessageChannelMain } from 'electron';
import type { ApiContext } from '../harness.ts';
import { isOurs } from './address.ts';

/** Each time our page asks, it gets a new port on which the whole contract is served; a reload simply asks again. */
export function handOverPorts(router: Promise<AnyRouter>, context: ApiContext): void {
  ipcMain.on('atn:connect', (event) => {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || !isOurs(frame.url)) return;
    void router.then((ready) => {
      const { port1, port2 } = new MessageChannelMain();
      new RPCHandler(ready, { interceptors: [onError(report)] }).upgrade(port1, { context });
      port1.start();
      event.sender.postMessage('atn:port', null, [port2]);
    }, ignoreFailedStart);
  });
}

/** What the contract declares is an answer; only what nobody foresaw is worth a line in the log. */
function report(error: unknown): void {
  const declared = typeof error === 'object' && error !== null && 'defined' in error && error.defined === true;
  if (!declared) console.error(error);
}

/** Boot itself tells the person why the harness did not start and ends the app. */
function ignoreFailedStart(): void {}
