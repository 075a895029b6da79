import { isIPv4 } from 'node:net';
import type { NetworkBoot } from '../../../src-shared/model/serving.ts';
import { listPrograms } from './boot-desk.ts';
import { dhcpSnippets } from './dhcp-snippets.ts';
import type { ServingSettings } from './serving.ts';

/** What a lab needs to know for its machines to start from the network by this harness, and what is still missing here. */
export async function readNetworkBoot(
  { address, bootPort, tftpPort, programs, proxyDhcp }: ServingSettings,
  own: readonly string[],
): Promise<NetworkBoot> {
  const at = address ?? own.find((each) => each !== '127.0.0.1' && each !== '::1') ?? '127.0.0.1';
  const found = await listPrograms(programs);
  const missing = [
    ...(address === null ? ['Choose the address that machines fetch at, so that it stays the same.'] : []),
    ...(bootPort === 0 ? ['Choose a port for starts from the network: a free one is another one each time.'] : []),
    ...(found.length === 0
      ? [`There is no iPXE in ${programs ?? 'any folder'}: name the folder it is in, unless your lab serves it itself.`]
      : []),
    ...(proxyDhcp && (address === null || !isIPv4(address))
      ? ['Choose an IPv4 address: proxyDHCP answers in its network only, and so long nowhere.']
      : []),
  ];
  const tftp = tftpPort !== 0 && found.length > 0;
  return { address: at, port: bootPort, tftpPort, programs: found, missing, snippets: dhcpSnippets({ address: at, port: bootPort, tftp }) };
}
