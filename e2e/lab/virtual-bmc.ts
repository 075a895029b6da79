import { join } from 'node:path';
import { freePort, outputLine, peerPython, start } from '../../packages/ipmi-js/test/support/processes.ts';

/** OpenStack's virtualbmc with the machine of libvirt's test driver: power and boot device, nothing else; account admin, password. */
export async function startVirtualBmc(): Promise<{ port: number; username: string; password: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const script = join(import.meta.dirname, '../../packages/ipmi-js/test/peers/virtual_bmc.py');
  const peer = start(peerPython(), [script, String(port)]);
  await outputLine(peer, 'ready');
  return { port, username: 'admin', password: 'password', stop: peer.stop };
}
