import { WorkbenchError } from '../../errors.ts';

interface Wanted {
  name: string;
  address: string;
  port: number;
  tftpPort: number;
}

/** Why something cannot be served, as a sentence. */
export function servingProblem(
  problem: { message: string; code: string | null } | null,
  { name, address, port, tftpPort }: Wanted,
): WorkbenchError {
  const sentence =
    SENTENCES[problem?.code ?? '']?.(address, (problem?.code ?? '').startsWith('TFTP_') ? tftpPort : port) ??
    `${name} cannot be served at ${address}: ${problem?.message ?? 'closing'}`;
  return new WorkbenchError(problem?.code === 'ENOENT' ? 'NOT_FOUND' : 'CONFLICT', sentence, { details: [problem?.message ?? ''] });
}

const SENTENCES: Readonly<Record<string, (address: string, port: number) => string>> = {
  EADDRINUSE: (address, port) => `Another program uses port ${port} of ${address}. Name another port for images in Settings.`,
  EADDRNOTAVAIL: (address) => `This computer does not have the address ${address} now. Choose another one for images in Settings.`,
  EACCES: (_address, port) => `Port ${port} needs rights that the workbench does not have. Name a port above 1023 for images in Settings.`,
  TFTP_EADDRINUSE: (address, port) =>
    `Another program uses port ${port} of ${address} for TFTP. Name another one in Settings, or 0 for none.`,
  TFTP_EACCES: (_address, port) =>
    `TFTP at port ${port} needs rights that the workbench does not have. Redirect the port to one above 1023 and name that in Settings, or 0 for none.`,
  PROXY_EADDRINUSE: (address) =>
    `Another program on this computer answers DHCP (port 67 or 4011 of ${address}). Put the configuration for the lab's DHCP server into it, and switch proxyDHCP off in Settings.`,
  PROXY_EACCES: () =>
    "proxyDHCP answers at port 67, which needs rights that the workbench does not have. Give it the right to use ports below 1024, or switch proxyDHCP off in Settings and tell the lab's DHCP server instead.",
  PROXY_EADDRNOTAVAIL: (address) => `This computer does not have the address ${address} now. Choose another one for images in Settings.`,
  ENOENT: () => 'The image is not on the disk any more. Import it again.',
};
