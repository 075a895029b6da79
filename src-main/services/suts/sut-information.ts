import { WorkbenchError } from '../../errors.ts';
import { findSutByName, type SutRow } from '../../store/suts.ts';
import type { SutServices } from './sut-services.ts';

/** What a run is given about machines. `suts` is written to the run's files; `secrets` goes to Robot through a pipe and nowhere else. */
export interface SutInformation {
  /** `${SUTs}`: SUT name to its information, without secrets. `name`, `role` and `tags` are there unless a field of that key is. */
  suts: Record<string, Record<string, unknown>>;
  /** SUT name to secret field to value. */
  secrets: Record<string, Record<string, string>>;
}

/** Finds machines by name; refuses with every name that is unknown (NOT_FOUND, `reasons`). */
export function findSutsByName(services: SutServices, names: readonly string[]): SutRow[] {
  const found = names.map((name) => ({ name, sut: findSutByName(services.store, name) }));
  const unknown = found.filter(({ sut }) => sut === undefined).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new WorkbenchError('NOT_FOUND', `There is no SUT named ${unknown.join(', ')}.`, {
      reasons: unknown.map((name) => ({ code: 'NOT_FOUND', message: `There is no SUT named ${name}.`, subject: name })),
    });
  }
  return found.flatMap(({ sut }) => sut ?? []);
}

/** SUTs of the role `environment` are given as information too; a run leases only those of the role `sut`. */
export async function sutInformation(services: SutServices, suts: readonly SutRow[]): Promise<SutInformation> {
  const secrets: SutInformation['secrets'] = {};
  for (const sut of suts) {
    const values = await secretsOf(services, sut);
    if (Object.keys(values).length > 0) secrets[sut.name] = values;
  }
  return { suts: Object.fromEntries(suts.map((sut) => [sut.name, plainInformation(sut)])), secrets };
}

function plainInformation({ name, role, tags, information }: SutRow): Record<string, unknown> {
  const fields = information.filter(({ kind }) => kind !== 'secret').map(({ key, value }) => [key, value] as const);
  return { name, role, tags, ...Object.fromEntries(fields) };
}

async function secretsOf(services: SutServices, { information }: SutRow): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { key, kind, value } of information) {
    if (kind === 'secret' && typeof value === 'string') values[key] = await services.secrets.reveal(value);
  }
  return values;
}
