import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { WorkbenchError } from '../../errors.ts';
import { decrypt, encrypt } from './cipher.ts';
import type { SecretBackend } from './secret-backend.ts';

/**
 * The key lies beside the database, readable by the user alone: a copied or lost database, a backup and the logs tell nothing; whoever can
 * read the whole home can read the secrets.
 */
export function keyFileBackend(file: string): SecretBackend {
  let key: Buffer | undefined;
  const useKey = () => (key ??= readOrMakeKey(file));
  return {
    id: 'key-file',
    protection: `a key file that only you may read (${file})`,
    strong: false,
    seal: async (plain) => encrypt(useKey(), plain),
    open: async (sealed) => decrypt(useKey(), sealed),
  };
}

function readOrMakeKey(file: string): Buffer {
  if (!existsSync(file)) makeKey(file);
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== 32) {
    throw new WorkbenchError(
      'HOME_UNUSABLE',
      `The key file ${file} is damaged. Put back the copy from a backup of the home, or remove it and enter the secrets again.`,
    );
  }
  return key;
}

/** Linked into place: an existing key is never overwritten, a half written one never seen. */
function makeKey(file: string): void {
  const unfinished = `${file}.${process.pid}.new`;
  writeFileSync(unfinished, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
