import type { SecretBackend } from './secret-backend.ts';

/** What a face that has the operating system's keychain hands in; left out where that is only a pretence (`basic_text`). */
export interface Keychain {
  /** The system's own name for it, for instance gnome_libsecret. */
  name: string;
  encrypt(plain: string): Buffer;
  decrypt(sealed: Buffer): string;
}

export function keychainBackend(keychain: Keychain): SecretBackend {
  return {
    id: 'keychain',
    protection: `the keychain of the operating system (${keychain.name})`,
    strong: true,
    seal: async (plain) => keychain.encrypt(plain),
    open: async (sealed) => keychain.decrypt(sealed),
  };
}
