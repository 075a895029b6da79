/**
 * The GUID of a machine as the UUID its operating system shows. IPMI orders the 16 bytes least significant first (2.0, table 20-10); many
 * BMCs pass SMBIOS's order on instead, where only the first three groups are little-endian. The version digit tells which is which.
 */
export function uuidFromGuid(guid: Uint8Array): string | null {
  if (guid.length !== 16 || guid.every((byte) => byte === guid[0])) return null;
  const ipmi = [...guid].reverse();
  const smbios = [...[3, 2, 1, 0, 5, 4, 7, 6].map((index) => guid[index] ?? 0), ...guid.slice(8)];
  const network = [...guid];
  return format([ipmi, smbios, network].find(isVersioned) ?? ipmi);
}

/** RFC 4122: version 1 to 5 in the third group, the variant's two bits at the start of the fourth. */
function isVersioned(bytes: readonly number[]): boolean {
  const version = (bytes[6] ?? 0) >> 4;
  return version >= 1 && version <= 5 && (bytes[8] ?? 0) >> 6 === 2;
}

function format(bytes: readonly number[]): string {
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
