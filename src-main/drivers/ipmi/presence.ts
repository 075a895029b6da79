import { discover } from 'ipmi-js';

/** Who of these addresses answers an ASF presence ping and says that it speaks IPMI. */
export async function presentBmcs(
  addresses: readonly string[],
  { port, limit }: { port: number; limit: number },
): Promise<{ address: string; port: number; enterprise: number }[]> {
  const found = await discover(addresses, { port, waitMs: limit, tries: 2 });
  return found
    .filter(({ supportsIpmi }) => supportsIpmi)
    .map(({ address, port: from, enterprise }) => ({ address, port: from, enterprise }));
}
