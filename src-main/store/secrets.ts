import type { ReadableStore, WritableStore } from './handle.ts';

/** Only sealed bytes are kept here; the key is elsewhere. */
export interface SealedSecret {
  reference: string;
  sealed: Buffer;
}

export function saveSecret(store: WritableStore, secret: SealedSecret, now: number): void {
  store
    .prepare(
      'INSERT INTO secret (reference, sealed, changed_at) VALUES (?, ?, ?) ON CONFLICT (reference) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at',
    )
    .run(secret.reference, secret.sealed, now);
}

export function findSecret(store: ReadableStore, reference: string): Buffer | undefined {
  return store.prepare<[string], Buffer>('SELECT sealed FROM secret WHERE reference = ?').pluck().get(reference);
}

export function deleteSecret(store: WritableStore, reference: string): void {
  store.prepare('DELETE FROM secret WHERE reference = ?').run(reference);
}

/** What a passphrase is checked against and made a key with. */
export interface VaultRow {
  salt: Buffer;
  sealedCheck: Buffer;
}

export function findVault(store: ReadableStore, backend: string): VaultRow | undefined {
  return store.prepare<[string], VaultRow>('SELECT salt, sealed_check AS sealedCheck FROM secret_vault WHERE backend = ?').get(backend);
}

export function saveVault(store: WritableStore, backend: string, vault: VaultRow): void {
  store.prepare('INSERT INTO secret_vault (backend, salt, sealed_check) VALUES (?, ?, ?)').run(backend, vault.salt, vault.sealedCheck);
}
