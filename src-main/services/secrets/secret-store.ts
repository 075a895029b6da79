import { randomUUID } from 'node:crypto';
import { WorkbenchError } from '../../errors.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { findSecret, type SealedSecret } from '../../store/secrets.ts';
import type { SecretBackend } from './secret-backend.ts';

/** Secrets by reference. Whoever keeps the reference saves what `seal` answers in the same transaction (store/secrets.ts). */
export interface SecretStore {
  readonly protection: string;
  readonly strong: boolean;
  /** `reference`: to replace the value behind it; a new one otherwise. */
  seal(plain: string, reference?: string): Promise<SealedSecret>;
  /** The value, for the moment it is used: never for a log, an event, an answer or a command line. */
  reveal(reference: string): Promise<string>;
}

/** Seals with the first backend; opens with whichever sealed it. */
export function createSecretStore(store: ReadableStore, backends: readonly [SecretBackend, ...SecretBackend[]]): SecretStore {
  const [sealing] = backends;
  return {
    protection: sealing.protection,
    strong: sealing.strong,
    seal: async (plain, reference = `secret:${randomUUID()}`) => ({
      reference,
      sealed: Buffer.concat([Buffer.from(`${sealing.id}\n`), await sealing.seal(plain)]),
    }),
    reveal: async (reference) => {
      const sealed = findSecret(store, reference);
      if (sealed === undefined) throw new WorkbenchError('NOT_FOUND', 'A secret is referred to that is no longer kept. Enter it again.');
      return open(sealed, backends);
    },
  };
}

async function open(sealed: Buffer, backends: readonly SecretBackend[]): Promise<string> {
  const end = sealed.indexOf('\n');
  const id = sealed.subarray(0, end).toString();
  const backend = backends.find((candidate) => candidate.id === id);
  if (backend === undefined) {
    throw new WorkbenchError(
      'FORBIDDEN',
      `A secret of this home was kept with "${id}", which is not at hand here. Open the home where it is, or enter the secret again.`,
    );
  }
  try {
    return await backend.open(sealed.subarray(end + 1));
  } catch (cause) {
    if (cause instanceof WorkbenchError) throw cause;
    throw new WorkbenchError(
      'FORBIDDEN',
      `A secret of this home cannot be opened: ${backend.protection} is not what it was kept with. Enter the secret again.`,
      { cause },
    );
  }
}
