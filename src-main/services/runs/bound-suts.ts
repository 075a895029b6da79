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
  const suts = await boundSuts(services, row);
  if (suts.length === 0) return null;
  const { secrets } = await services.sutInformation(suts);
  return Object.keys(secrets).length === 0 ? null : JSON.stringify({ suts: secrets });
}
