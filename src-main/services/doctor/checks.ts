import { existsSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { probePython } from '../../robot/environment.ts';
import { findPython } from '../../robot/find-python.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { lastRecordedTime } from '../../store/last-recorded-time.ts';
import { countSecrets, sqliteVersion } from '../../store/system-counts.ts';
import type { Environments } from '../environments/default-environment.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { broken, fine, warning, type Check } from './check.ts';
import { clockOfHub, type HubCheckServices } from './hub-checks.ts';

export interface DoctorServices {
  store: ReadableStore;
  environments: Environments;
  secrets: SecretStore;
  home: string;
  /** Folder with robot/ and demo/. */
  resources: string;
  pythonPath: () => string | null;
  hub: HubCheckServices;
}

const MB = 1024 ** 2;
const CLOCK_TOLERANCE_MS = 2000;
/** Magic numbers of Linux for file systems on other machines, where locks and syncs are not to be trusted. */
const NETWORK_FILE_SYSTEMS = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
]);

/** Everything the doctor looks at. A new check: one more function here, with the next number. */
export function doctorChecks(services: DoctorServices): Check[] {
  return [
    python(services),
    robot(services),
    uv(services),
    disk(services),
    homeWritable(services),
    clock(services),
    nativeModule(services),
    secrets(services),
    platform(services),
    ourScripts(services),
  ];
}

const python = ({ pythonPath }: DoctorServices): Check => ({
  number: 1,
  id: 'python',
  title: 'Python',
  group: 'computer',
  look: async ({ signal }) => {
    const chosen = pythonPath();
    if (chosen !== null)
      return existsSync(chosen)
        ? fine(`${chosen}, named in Settings`)
        : broken(`${chosen}, named in Settings, is not there.`, 'Name another interpreter in Settings, or empty "Python" there.');
    const found = await findPython(signal);
    return fine(`${found.version} at ${found.python}`);
  },
});

const robot = ({ environments }: DoctorServices): Check => ({
  number: 2,
  id: 'robot',
  title: 'Robot Framework',
  group: 'computer',
  look: async ({ signal }) => {
    const { robotVersion, python: place, origin } = await environments.ensureDefault({ signal });
    const from = { settings: 'named in Settings', variable: 'named by ATN_PYTHON', managed: 'made by the workbench' }[origin];
    return fine(`${robotVersion} in ${place}, ${from}`);
  },
});

/** Without it environments are made with pip: slower, otherwise the same. */
const uv = ({ resources, pythonPath }: DoctorServices): Check => ({
  number: 3,
  id: 'uv',
  title: 'uv',
  group: 'computer',
  look: async ({ signal }) => {
    const runner = pythonPath() ?? (await findPython(signal)).python;
    const { uv: place } = await probePython({ folder: join(resources, 'robot'), runner, signal }, runner);
    return fine(place ?? 'not there; environments are made with pip, which takes some seconds longer');
  },
});

const disk = ({ home }: DoctorServices): Check => ({
  number: 4,
  id: 'disk',
  title: 'Free disk space',
  group: 'computer',
  look: async () => {
    const { bavail, bsize } = await statfs(home);
    const free = bavail * bsize;
    const detail = `${Math.floor(free / MB).toLocaleString('en')} MB free for ${home}`;
    if (free < 200 * MB) return broken(detail, 'Free some space now: runs cannot keep their reports. Old runs can be removed in Runs.');
    return free < 2048 * MB ? warning(detail, 'Free some space soon. Old runs can be removed in Runs.') : fine(detail);
  },
});

const homeWritable = ({ home }: DoctorServices): Check => ({
  number: 5,
  id: 'home',
  title: 'Home folder',
  group: 'computer',
  look: async () => {
    const probe = join(home, `.doctor-${process.pid}`);
    const begin = performance.now();
    const file = await open(probe, 'w');
    try {
      await file.writeFile('x');
      await file.sync();
    } finally {
      await file.close();
      await rm(probe, { force: true });
    }
    const took = Math.round(performance.now() - begin);
    const detail = `${home} takes a synced write in ${took} ms`;
    return took > 1000 ? warning(detail, 'Move the home to a faster, local disk.') : fine(detail);
  },
});

const clock = ({ store, hub }: DoctorServices): Check => ({
  number: 6,
  id: 'clock',
  title: 'Clock',
  group: 'computer',
  look: async ({ signal }) => {
    const behind = lastRecordedTime(store) - Date.now();
    const now = new Date().toISOString();
    if (behind <= CLOCK_TOLERANCE_MS) return (await clockOfHub(hub, signal)) ?? fine(now);
    return warning(
      `${now} is ${Math.round(behind / 1000)} s behind what was recorded before. New facts go on from there.`,
      "Set the machine's clock, best by NTP.",
    );
  },
});

const nativeModule = ({ store }: DoctorServices): Check => ({
  number: 7,
  id: 'native-module',
  title: 'SQLite module',
  group: 'store',
  look: () => fine(`SQLite ${sqliteVersion(store)}, ABI ${process.versions.modules}`),
});

const secrets = ({ secrets: kept, store }: DoctorServices): Check => ({
  number: 8,
  id: 'secrets',
  title: 'Secrets',
  group: 'store',
  look: () => {
    const count = countSecrets(store);
    const detail = `${count === 0 ? 'None is kept; they would be' : `${count} kept,`} protected by ${kept.protection}`;
    if (kept.strong || count === 0) return fine(detail);
    return warning(detail, 'Whoever can read the home can read them. Keep it to yourself, or start with a passphrase (ATN_PASSPHRASE).');
  },
});

const platform = ({ home }: DoctorServices): Check => ({
  number: 9,
  id: 'platform',
  title: 'System',
  group: 'computer',
  look: async () => {
    const detail = `${process.platform} ${process.arch} ${release()}, Node.js ${process.versions.node}`;
    const network = process.platform === 'linux' ? NETWORK_FILE_SYSTEMS.get((await statfs(home)).type) : undefined;
    return network === undefined
      ? fine(detail)
      : warning(
          `${detail}; the home is on ${network}`,
          'Use a home on a local disk: locks and syncs over a network are not to be trusted.',
        );
  },
});

const ourScripts = ({ resources }: DoctorServices): Check => ({
  number: 10,
  id: 'scripts',
  title: 'Own scripts',
  group: 'computer',
  look: () => {
    const missing = ['supervisor.py', 'discover.py', 'environment.py'].filter((name) => !existsSync(join(resources, 'robot', name)));
    if (missing.length === 0) return fine(join(resources, 'robot'));
    return broken(`${missing.join(', ')} missing in ${join(resources, 'robot')}`, 'Install the workbench again.');
  },
});
