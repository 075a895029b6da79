import { access } from 'node:fs/promises';
import type { NetworkBoot } from '../../../src-shared/model/serving.ts';
import { programFile } from './boot-desk.ts';
import { dhcpSnippets } from './dhcp-snippets.ts';
import { FIRST_STAGES } from './first-stages.ts';
import type { ServingSettings } from './serving.ts';

/** What a lab needs to know for its machines to start from the network by this harness, and what is still missing here. */
export async function readNetworkBoot(
  { address, bootPort, tftpPort, programs }: ServingSettings,
  own: readonly string[],
): Promise<NetworkBoot> {
  const at = address ?? own.find((each) => each !== '127.0.0.1' && each !== '::1') ?? '127.0.0.1';
  const found: string[] = [];
  for (const name of FIRST_STAGES) {
    const file = programFile(programs, name);
    const there =
      file !== null &&
      (await access(file).then(
        () => true,
        () => false,
      ));
    if (there) found.push(name);
  }
  const missing = [
    ...(address === null ? ['Choose the address that machines fetch at, so that it stays the same.'] : []),
    ...(bootPort === 0 ? ['Choose a port for starts from the network: a free one is another one each time.'] : []),
    ...(found.length === 0
      ? [`There is no iPXE in ${programs ?? 'any folder'}: name the folder it is in, unless your lab serves it itself.`]
      : []),
  ];
  const tftp = tftpPort !== 0 && found.length > 0;
  return { address: at, port: bootPort, tftpPort, programs: found, missing, snippets: dhcpSnippets({ address: at, port: bootPort, tftp }) };
}
