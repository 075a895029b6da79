import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { WorkbenchError } from '../../errors.ts';
import type { VaultRow } from '../../store/secrets.ts';
import { decrypt, encrypt } from './cipher.ts';
import type { SecretBackend } from './secret-backend.ts';

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);
/** 128 MiB and about half a second; Node does it on its thread pool, so nothing else waits. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const CHECK = 'atn-workbench';

interface PassphraseVault {
  find(): VaultRow | undefined;
  save(vault: VaultRow): void;
}

/** Derives the key once; a wrong passphrase is refused here, before anything is sealed with it. */
export async function passphraseBackend(passphrase: string, vault: PassphraseVault): Promise<SecretBackend> {
  const known = vault.find();
  const salt = known?.salt ?? randomBytes(16);
  const key = await derive(passphrase.normalize('NFKC'), salt, 32, COST);
  if (known === undefined) vault.save({ salt, sealedCheck: encrypt(key, CHECK) });
  else checkKey(key, known);
  return {
    id: 'passphrase',
    protection: 'a key made from your passphrase',
    strong: true,
    seal: async (plain) => encrypt(key, plain),
    open: async (sealed) => decrypt(key, sealed),
  };
}

function checkKey(key: Buffer, { sealedCheck }: VaultRow): void {
  try {
    if (decrypt(key, sealedCheck) === CHECK) return;
  } catch (cause) {
    throw new WorkbenchError('UNAUTHORIZED', 'This is not the passphrase that the secrets of this home were kept with.', { cause });
  }
  throw new WorkbenchError('UNAUTHORIZED', 'This is not the passphrase that the secrets of this home were kept with.');
}
