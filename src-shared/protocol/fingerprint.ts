/** What people compare, on the telephone too: the first 12 bytes of the sha256 (hex) of a public key as it is sent, in fours. */
export function fingerprintOf(hash: string): string {
  return hash.slice(0, 24).match(/.{4}/gu)?.join(' ') ?? '';
}
