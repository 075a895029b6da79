import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findVault, saveSecret, saveVault } from '../../store/secrets.ts';
import { openStore } from '../../store/open.ts';
import { keychainBackend } from './keychain-backend.ts';
import { keyFileBackend } from './key-file-backend.ts';
import { passphraseBackend } from './passphrase-backend.ts';
import type { SecretBackend } from './secret-backend.ts';
import { createSecretStore } from './secret-store.ts';

const open = () => {
  const home = mkdtempSync(join(tmpdir(), 'atn-secrets-'));
  const store = openStore({ file: join(home, 'harness.db'), backups: join(home, 'backups'), now: 1 });
  const vault = {
    find: () => findVault(store.read, 'passphrase'),
    save: (row: Parameters<typeof saveVault>[2]) => saveVault(store.write, 'passphrase', row),
  };
  return { home, store, vault };
};
const keychain = {
  name: 'test',
  encrypt: (plain: string) => Buffer.from(plain).reverse(),
  decrypt: (sealed: Buffer) => Buffer.from(sealed).reverse().toString(),
};

describe('secrets', () => {
  it('are kept by reference, and nothing in the store or the key file tells them', async () => {
    const { home, store } = open();
    const secrets = createSecretStore(store.read, [keyFileBackend(join(home, 'secret.key'))]);
    const sealed = await secrets.seal('hunter2 ü');
    saveSecret(store.write, sealed, 1);
    expect(await secrets.reveal(sealed.reference)).toBe('hunter2 ü');
    store.close();
    expect(readFileSync(join(home, 'harness.db')).includes('hunter2')).toBe(false);
    expect(statSync(join(home, 'secret.key')).mode & 0o777).toBe(0o600);
  });
  it('stay readable after a restart and after another backend became the first', async () => {
    const { home, store, vault } = open();
    const file = join(home, 'secret.key');
    const old = await createSecretStore(store.read, [keyFileBackend(file)]).seal('old');
    saveSecret(store.write, old, 1);
    const backends: [SecretBackend, ...SecretBackend[]] = [
      await passphraseBackend('correct horse', vault),
      keyFileBackend(file),
      keychainBackend(keychain),
    ];
    const secrets = createSecretStore(store.read, backends);
    expect(await secrets.reveal(old.reference)).toBe('old');
    const replaced = await secrets.seal('new', old.reference);
    saveSecret(store.write, replaced, 2);
    expect(await createSecretStore(store.read, [await passphraseBackend('correct horse', vault)]).reveal(old.reference)).toBe('new');
  });
  it('refuse a wrong passphrase before anything is sealed with it', async () => {
    const { vault } = open();
    await passphraseBackend('right', vault);
    await expect(passphraseBackend('wrong', vault)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });
  it('say what is the matter when the key is another one, damaged, or not at hand', async () => {
    const { home, store } = open();
    const first = createSecretStore(store.read, [keyFileBackend(join(home, 'one.key'))]);
    const sealed = await first.seal('value');
    saveSecret(store.write, sealed, 1);
    await expect(createSecretStore(store.read, [keyFileBackend(join(home, 'two.key'))]).reveal(sealed.reference)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(createSecretStore(store.read, [keychainBackend(keychain)]).reveal(sealed.reference)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(first.reveal('secret:gone')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    writeFileSync(join(home, 'bad.key'), 'not a key');
    await expect(createSecretStore(store.read, [keyFileBackend(join(home, 'bad.key'))]).reveal(sealed.reference)).rejects.toMatchObject({
      code: 'HOME_UNUSABLE',
    });
  });
});
