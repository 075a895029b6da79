import { DriverError } from '../driver-error.ts';
import type { Task } from '../driver.ts';
import type { RedfishEndpoint } from '../endpoints.ts';
import { linkAt, linksAt, textAt, type Json } from './json.ts';
import { RedfishService } from './service.ts';

/** One system of one service. */
export interface RedfishLink {
  endpoint: RedfishEndpoint;
  service: RedfishService;
  /** Where the system is; found once. */
  systemPath: string | undefined;
}

export function openRedfish(endpoint: RedfishEndpoint): RedfishLink {
  return { endpoint, service: new RedfishService(endpoint), systemPath: undefined };
}

export type Looking = Pick<Task, 'signal'>;

/** The system as it is now, with the path to change it. Links are followed, paths are never made up: makers differ in them. */
export async function readSystem(link: RedfishLink, task: Looking): Promise<{ path: string; system: Json }> {
  link.systemPath ??= await findSystem(link, task);
  return { path: link.systemPath, system: await link.service.get(link.systemPath, task) };
}

async function findSystem({ service, endpoint }: RedfishLink, task: Looking): Promise<string> {
  const systems = linkAt(await service.root(task.signal), 'Systems');
  if (systems === null) throw new DriverError('OOBM_UNSUPPORTED', 'The Redfish service knows no systems.');
  const paths = linksAt(await service.get(systems, task), 'Members');
  if (endpoint.system === undefined) {
    const [only, second] = paths;
    if (only !== undefined && second === undefined) return only;
    const found = paths.length === 0 ? 'none' : paths.map(lastPart).slice(0, 20).join(', ');
    throw new DriverError('BAD_REQUEST', `The Redfish service has ${paths.length} systems: ${found}. Name one at the endpoint.`);
  }
  const path = paths.find((each) => lastPart(each) === endpoint.system) ?? (await byName(service, { paths, name: endpoint.system, task }));
  if (path === undefined) throw new DriverError('BAD_REQUEST', `The Redfish service has no system ${endpoint.system}.`);
  return path;
}

async function byName(service: RedfishService, wanted: { paths: string[]; name: string; task: Looking }): Promise<string | undefined> {
  for (const path of wanted.paths.slice(0, 100)) {
    const system = await service.get(path, wanted.task);
    if ([textAt(system, 'Name'), textAt(system, 'UUID'), textAt(system, 'Id')].includes(wanted.name)) return path;
  }
  return undefined;
}

const lastPart = (path: string): string => decodeURIComponent(path.replace(/\/+$/, '').split('/').at(-1) ?? '');

/** What belongs to the system: its managers (BMCs) or its chassis. */
export async function readLinked(link: RedfishLink, kind: 'ManagedBy' | 'Chassis', task: Looking): Promise<Json[]> {
  const { system } = await readSystem(link, task);
  return Promise.all(linksAt(system, 'Links', kind).map((path) => link.service.get(path, task)));
}
