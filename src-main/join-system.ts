import { hostname, platform } from 'node:os';
import type { SystemInfo } from '../src-shared/model/system.ts';
import type { HarnessOptions } from './harness.ts';
import type { Caller } from './services/caller.ts';
import type { SettingsService } from './services/settings/settings.ts';
import { keychainBackend } from './services/secrets/keychain-backend.ts';
import { keyFileBackend } from './services/secrets/key-file-backend.ts';
import { passphraseBackend } from './services/secrets/passphrase-backend.ts';
import type { SecretBackend } from './services/secrets/secret-backend.ts';
import type { HomeLayout } from './services/home/layout.ts';
import type { ReadableStore } from './store/handle.ts';
import type { Store } from './store/open.ts';
import { findVault, saveVault } from './store/secrets.ts';
import { readSystemCounts } from './store/system-counts.ts';

/** The strongest that is at hand seals; what was sealed by another one is opened by that one. */
export async function secretBackends(
  options: HarnessOptions,
  layout: HomeLayout,
  store: Store,
): Promise<[SecretBackend, ...SecretBackend[]]> {
  const backends: SecretBackend[] = options.keychain === undefined ? [] : [keychainBackend(options.keychain)];
  const passphrase = process.env['ATN_PASSPHRASE'];
  if (passphrase !== undefined && passphrase !== '') {
    backends.push(
      await passphraseBackend(passphrase, {
        find: () => findVault(store.read, 'passphrase'),
        save: (vault) => saveVault(store.write, 'passphrase', vault),
      }),
    );
  }
  const [first, ...rest] = [...backends, keyFileBackend(layout.secretKey)];
  if (first === undefined) throw new Error('There is always the key file.');
  return [first, ...rest];
}

interface InfoServices {
  options: HarnessOptions;
  layout: HomeLayout;
  store: ReadableStore;
  settings: SettingsService;
}

export function systemInfo({ options, layout, store, settings }: InfoServices, caller: Caller): SystemInfo {
  const here = platform();
  return {
    appVersion: options.appVersion,
    harnessName: settings.read().harnessName || hostname(),
    home: layout.home,
    user: caller.user,
    platform: here === 'linux' || here === 'darwin' || here === 'win32' ? here : 'other',
    face: options.face,
    empty: readSystemCounts(store).empty,
  };
}
