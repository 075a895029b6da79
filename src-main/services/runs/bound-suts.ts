import { listRunSecrets } from '../../store/conditions.ts';
import type { RunRow } from '../../store/runs.ts';
import type { SutRow } from '../../store/suts.ts';
import type { RunServices } from './run-services.ts';

/** The SUTs as they were when the run was started, secrets by reference. */
export async function boundSuts(services: RunServices, row: RunRow): Promise<SutRow[]> {
  if (row.suts_sha256 === null) return [];
  return JSON.parse(await services.content.read(row.suts_sha256)) as SutRow[];
}

/** What the supervisor hands to Robot through a pipe; null when there is nothing secret. */
export async function secretsOf(services: RunServices, row: RunRow): Promise<string | null> {
  const bound = await boundSuts(services, row);
  const suts = bound.length === 0 ? {} : (await services.sutInformation(bound)).secrets;
  const variables: Record<string, string> = {};
  for (const [name, reference] of Object.entries(listRunSecrets(services.store, row.number))) {
    variables[name] = await services.reveal(reference);
  }
  if (Object.keys(suts).length + Object.keys(variables).length === 0) return null;
  return JSON.stringify({ suts, variables });
}
