import type { SutField, SutFieldInput } from '../../../src-shared/model/sut.ts';
import type { SealedSecret } from '../../store/secrets.ts';
import type { SecretStore } from '../secrets/secret-store.ts';

export interface KeptFields {
  information: SutField[];
  /** To be saved and removed in the transaction that saves the SUT. */
  sealed: SealedSecret[];
  dropped: string[];
}

/**
 * Turns what a person wrote into what is kept. A secret field with `secret` gets that value ('' = none); without it, it keeps the value it
 * had: by its reference when that belongs to this SUT (a renamed field), else by its key.
 */
export async function keepFields(fields: readonly SutFieldInput[], before: readonly SutField[], secrets: SecretStore): Promise<KeptFields> {
  const sealed: SealedSecret[] = [];
  const information: SutField[] = [];
  for (const { secret, ...field } of fields) {
    if (field.kind !== 'secret') {
      information.push(field);
      continue;
    }
    const reference = ownReference(field, before);
    if (secret === undefined || secret === '') {
      information.push({ ...field, value: secret === undefined ? reference : null });
      continue;
    }
    const kept = await secrets.seal(secret, reference ?? undefined);
    sealed.push(kept);
    information.push({ ...field, value: kept.reference });
  }
  return { information, sealed, dropped: referencesOf(before).filter((reference) => !referencesOf(information).includes(reference)) };
}

/** The references of the secrets that these fields hold. */
export function referencesOf(fields: readonly SutField[]): string[] {
  return fields.flatMap(({ kind, value }) => (kind === 'secret' && typeof value === 'string' ? [value] : []));
}

function ownReference(field: SutField, before: readonly SutField[]): string | null {
  if (typeof field.value === 'string' && referencesOf(before).includes(field.value)) return field.value;
  const same = before.find(({ key, kind }) => key === field.key && kind === 'secret');
  return typeof same?.value === 'string' ? same.value : null;
}
