import { safeStorage } from 'electron';
import type { HarnessOptions } from '../harness.ts';

/** What Linux offers where no keychain runs: a fixed key, which protects nothing. */
const PRETENCES: readonly string[] = ['basic_text', 'unknown'];

/** The operating system's keychain where it is a real one; asked only after the app is ready. */
export function realKeychain(): HarnessOptions['keychain'] {
  if (!safeStorage.isEncryptionAvailable()) return undefined;
  const name = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : SYSTEM_NAMES[process.platform];
  if (name === undefined || PRETENCES.includes(name)) return undefined;
  return { name, encrypt: (plain) => safeStorage.encryptString(plain), decrypt: (sealed) => safeStorage.decryptString(sealed) };
}

const SYSTEM_NAMES: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Keychain', win32: 'DPAPI' };
