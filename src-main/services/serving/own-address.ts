import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { lookup } from 'node:dns/promises';
import { WorkbenchError } from '../../errors.ts';

/** The address of this computer from which packets to `machine` leave; the system's routes are asked, nothing is sent. */
export async function ownAddressTowards(machine: string): Promise<string> {
  try {
    const { address } = await lookup(machine);
    return await askRoutes(address);
  } catch (cause) {
    throw new WorkbenchError(
      'OOBM_UNREACHABLE',
      `This computer has no way to ${machine}, so nothing can be served to it. Check the network.`,
      {
        cause,
      },
    );
  }
}

async function askRoutes(address: string): Promise<string> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.connect(9, address, (error?: Error) => (error === undefined ? resolve() : reject(error)));
    });
    return socket.address().address;
  } finally {
    socket.close();
  }
}
