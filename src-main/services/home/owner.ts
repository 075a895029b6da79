import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** What owner.json says about the process that owns a home, for whoever wants to join it instead. */
export const Owner = z.object({
  pid: z.number().int(),
  face: z.enum(['desktop', 'headless']),
  startedAt: z.number().int(),
  appVersion: z.string(),
  /** Loopback address it serves, and the file (0600) that holds the token for it; null while it serves none. */
  url: z.string().nullable(),
  tokenFile: z.string().nullable(),
});
export type Owner = z.infer<typeof Owner>;

/** Who wrote itself down last. Only the lock says whether it still lives: a crash leaves the file behind. */
export function readOwner(file: string): Owner | null {
  try {
    return Owner.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

export function writeOwner(file: string, owner: Owner): void {
  writeOwnFile(file, JSON.stringify(owner));
}

/** Written beside its place and moved: nobody reads half of it, and an old file's permissions do not stay. */
export function writeOwnFile(file: string, content: string): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
