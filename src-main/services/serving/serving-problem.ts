import { WorkbenchError } from '../../errors.ts';

interface Wanted {
  name: string;
  address: string;
  port: number;
}

/** Why something cannot be served, as a sentence. */
export function servingProblem(problem: { message: string; code: string | null } | null, { name, address, port }: Wanted): WorkbenchError {
  const sentence =
    SENTENCES[problem?.code ?? '']?.(address, port) ?? `${name} cannot be served at ${address}: ${problem?.message ?? 'closing'}`;
  return new WorkbenchError(problem?.code === 'ENOENT' ? 'NOT_FOUND' : 'CONFLICT', sentence, { details: [problem?.message ?? ''] });
}

const SENTENCES: Readonly<Record<string, (address: string, port: number) => string>> = {
  EADDRINUSE: (address, port) => `Another program uses port ${port} of ${address}. Name another port for images in Settings.`,
  EADDRNOTAVAIL: (address) => `This computer does not have the address ${address} now. Choose another one for images in Settings.`,
  EACCES: (_address, port) => `Port ${port} needs rights that the workbench does not have. Name a port above 1023 for images in Settings.`,
  ENOENT: () => 'The image is not on the disk any more. Import it again.',
};
