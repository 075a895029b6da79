import { ipcMain, MessageChannelMain } from 'electron';
import { isOurs } from './address.ts';
import type { Core } from './core.ts';

/** Each time our page asks, it gets a new port on which the whole contract is served; a reload simply asks again. */
export function handOverPorts(core: Promise<Core>): void {
  ipcMain.on('atn:connect', (event) => {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || !isOurs(frame.url)) return;
    void core.then((ready) => {
      const { port1, port2 } = new MessageChannelMain();
      ready.serve(port1);
      event.sender.postMessage('atn:port', null, [port2]);
    }, ignoreFailedStart);
  });
}

/** Boot itself tells the person why the harness did not start and ends the app. */
function ignoreFailedStart(): void {}
