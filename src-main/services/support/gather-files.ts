import { open, readdir } from 'node:fs/promises';
import { arch, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { DoctorCheck } from '../../../src-shared/model/doctor.ts';
import type { HubStatus } from '../../../src-shared/model/hub-link.ts';
import type { BundleWish } from '../../../src-shared/model/support-bundle.ts';
import type { Settings } from '../../../src-shared/model/system.ts';
import type { RunFacts, StoreFigures } from '../../store/doctor-facts.ts';
import type { SutRow } from '../../store/suts.ts';
import type { HomeLayout } from '../home/layout.ts';

export interface GatherServices {
  appVersion: string;
  layout: HomeLayout;
  settings: () => Settings;
  doctor: (signal: AbortSignal) => Promise<DoctorCheck[]>;
  figures: (signal: AbortSignal) => Promise<{ figures: StoreFigures; schema: string }>;
  hub: () => HubStatus['hub'];
  machines: () => SutRow[];
  lastRuns: (count: number) => RunFacts[];
}

export interface BundleFile {
  name: string;
  what: string;
  text: string;
}

/** Of each file only its end is taken: what matters stands there. */
const MOST_BYTES = 5_000_000;

/** Everything that goes in, not masked yet. */
export async function gatherFiles(services: GatherServices, wish: BundleWish, signal: AbortSignal): Promise<BundleFile[]> {
  const { layout, appVersion } = services;
  const { figures, schema } = await services.figures(signal);
  return [
    json('versions.json', 'versions of the workbench and this computer', versionsOf(appVersion)),
    json('doctor.json', 'what the doctor found', await services.doctor(signal)),
    json('settings.json', 'settings', services.settings()),
    json('environment.json', 'variables of the environment that change how the workbench works', variables()),
    json('store.json', 'tables of the store and how many rows each has', figures),
    { name: 'schema.sql', what: 'how the tables are made; no row of them', text: schema },
    json('hub.json', 'the link to the hub', services.hub()),
    json('machines.json', 'how machines are reached, without their fields', services.machines().map(machineOf)),
    ...(await filesOf(layout.logs, /^harness.*\.log$/u, { prefix: 'logs', what: 'log of the workbench' })),
    ...(await Promise.all(services.lastRuns(wish.runs).map((run) => runFiles(layout, run, wish)))).flat(),
  ];
}

const json = (name: string, what: string, value: unknown): BundleFile => ({ name, what, text: `${JSON.stringify(value, null, 2)}\n` });

function versionsOf(appVersion: string) {
  const { versions, platform, env } = process;
  const cores = cpus();
  return {
    appVersion,
    platform,
    arch: arch(),
    release: release(),
    cores: cores.length,
    memory: totalmem(),
    locale: env['LANG'] ?? null,
    versions,
  };
}

const KNOWN_VARIABLES =
  /^(?:ATN_\w+|PATH|LANG|LC_\w+|TZ|XDG_\w+|DISPLAY|WAYLAND_DISPLAY|(?:https?|no|all)_proxy|UV_\w+|PIP_\w+|PYTHON\w+|NODE_\w+)$/iu;
const variables = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => KNOWN_VARIABLES.test(name)));

function machineOf({ name, role, endpoints, card, maintenance, quarantine }: SutRow) {
  const ways = endpoints.map(({ provider, address, port, pin, secret }) => ({
    ...{ provider, address, port },
    ...{ isPinned: pin !== null, hasPassword: secret !== null },
  }));
  return { name, role, endpoints: ways, card, isInMaintenance: maintenance !== null, isInQuarantine: quarantine !== null };
}

async function runFiles({ runs }: HomeLayout, { name, ...run }: RunFacts, { testContent }: BundleWish): Promise<BundleFile[]> {
  const folder = join(runs, run.id);
  const prefix = `runs/${run.id}`;
  const wanted = testContent
    ? /^(?:supervisor\.(?:json|log)|exit\.json|stop\.json|console\.log)$/u
    : /^(?:supervisor\.(?:json|log)|exit\.json)$/u;
  return [
    json(`${prefix}/run.json`, 'what became of a run', testContent ? { name, ...run } : run),
    ...(await filesOf(folder, wanted, { prefix, what: 'what its engine says' })),
  ];
}

async function filesOf(folder: string, wanted: RegExp, { prefix, what }: { prefix: string; what: string }): Promise<BundleFile[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => wanted.test(name)).sort();
  return Promise.all(names.map(async (name) => ({ name: `${prefix}/${name}`, what, text: await endOf(join(folder, name)) })));
}

async function endOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, MOST_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
