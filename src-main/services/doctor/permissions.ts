import { chmod, stat } from 'node:fs/promises';
import { relative } from 'node:path';
import type { HomeLayout } from '../home/layout.ts';
import { fine, type Check, type Finding, type Remedy } from './check.ts';

const OTHERS = 0o077;

interface Open {
  path: string;
  name: string;
  mode: number;
  /** What it has to be. */
  wanted: number;
}

/** Everything of a home is behind the mode of its folder; what opens something by itself is closed once more. */
export const permissions = (layout: HomeLayout): Check => ({
  number: 13,
  id: 'permissions',
  title: 'Permissions',
  group: 'computer',
  look: async () => {
    if (process.platform === 'win32') return fine(`${layout.home} is kept by the rights of its folder`);
    const foreign = await ownerOf(layout.home);
    if (foreign !== null) return foreign;
    const open = await openPaths(layout);
    if (open.length === 0) return fine(`${layout.home} is yours alone`);
    const lines = open.map(({ name, mode }) => ({ text: `${name} has the rights ${octal(mode)}.`, place: null }));
    return {
      outcome: 'warning',
      detail: 'Other users of this computer can reach what is in the home: passwords, reports, the way to this workbench.',
      lines,
      repair: `Take the rights of others away: chmod 700 ${layout.home}`,
      remedy: closing(open),
    };
  },
});

async function ownerOf(home: string): Promise<Finding | null> {
  const own = process.getuid?.();
  const { uid } = await stat(home);
  if (own === undefined || own === 0 || uid === own) return null;
  return {
    outcome: 'warning',
    detail: `${home} belongs to the user with the number ${uid}, and the workbench runs as ${own}.`,
    repair: 'Give it to the user who runs the workbench (chown -R), or start with a home of your own.',
  };
}

async function openPaths(layout: HomeLayout): Promise<Open[]> {
  const paths = [
    { path: layout.home, wanted: 0o700 },
    { path: layout.secretKey, wanted: 0o600 },
    { path: layout.ownerToken, wanted: 0o600 },
  ];
  const found = await Promise.all(
    paths.map(async ({ path, wanted }) => {
      const mode = (await stat(path).catch(() => null))?.mode;
      return mode === undefined || (mode & OTHERS) === 0 ? [] : [{ path, name: relative(layout.home, path) || path, mode, wanted }];
    }),
  );
  return found.flat();
}

function closing(open: Open[]): Remedy {
  return {
    verb: 'Close it to others',
    does: `Sets ${open.map(({ name, wanted }) => `${name} to ${octal(wanted)}`).join(', ')}.`,
    hurts: null,
    perform: async () => {
      for (const { path, wanted } of open) await chmod(path, wanted);
      return 'Only you reach it now.';
    },
  };
}

const octal = (mode: number) => (mode & 0o777).toString(8).padStart(3, '0');
