import { checkAddress, checkRef } from './git-address.ts';
import { runGit } from './git.ts';
import { WorkbenchError } from '../errors.ts';

export interface Wanted {
  url: string;
  /** A branch or a tag; null = what the repository gives by itself. */
  ref: string | null;
}

/** What a branch or tag is now. */
export interface Found {
  commit: string;
  /** The whole name of it there, for instance refs/heads/main. */
  fullRef: string;
}

interface Asking {
  /** A folder where nothing of the person's is. */
  folder: string;
  signal: AbortSignal;
}

/** Asks the repository which commit a branch or tag is at, without fetching it. Throws BAD_REQUEST, TIMEOUT, CANCELLED. */
export async function askCommit({ url, ref }: Wanted, { folder, signal }: Asking): Promise<Found> {
  const names = ref === null ? ['HEAD'] : [`refs/heads/${checkRef(ref)}`, `refs/tags/${ref}`, `refs/tags/${ref}^{}`];
  const answer = await runGit({ args: ['ls-remote', '--', checkAddress(url), ...names], folder, signal, timeoutMs: 120_000 });
  const lines = answer.toString('utf8').split('\n');
  const commits = new Map(lines.map((line) => line.split('\t')).map(([commit = '', name = '']) => [name, commit]));
  const [branch = '', tag = '', tagged = ''] = names;
  // What an annotated tag points at comes with ^{}.
  const commit = commits.get(branch) ?? commits.get(tagged) ?? commits.get(tag);
  if (commit === undefined || !/^[0-9a-f]{40,64}$/u.test(commit)) {
    throw new WorkbenchError(
      'BAD_REQUEST',
      ref === null ? 'The repository is empty: it has no commit yet.' : `The repository has no branch or tag named ${ref}.`,
    );
  }
  return { commit, fullRef: commits.has(branch) ? branch : tag };
}

export interface Fetched {
  commit: string;
  files: GitFile[];
}

export interface GitFile {
  /** Relative to the subfolder, with `/`. */
  path: string;
  kind: 'file' | 'link' | 'submodule';
  executable: boolean;
  size: number;
  object: string;
}

interface Fetching extends Asking {
  onProgress: (step: string, percent: number | null) => void;
}

/**
 * Fetches one commit without its history into a new bare repository in `folder` and lists its files. Nothing is checked out: no filter,
 * no hook, no submodule. Throws BAD_REQUEST, DISK_FULL, TIMEOUT, CANCELLED.
 */
export async function fetchFiles(
  wanted: Wanted & { subfolder: string | null },
  { folder, signal, onProgress }: Fetching,
): Promise<Fetched> {
  const git = (args: string[], onLine?: (line: string) => void) =>
    runGit({ args, folder, signal, ...(onLine === undefined ? {} : { onLine }) });
  onProgress('Asking the repository', null);
  const { fullRef } = await askCommit(wanted, { folder, signal });
  await git(['init', '--bare', '--quiet', '--template=', '.']);
  const fetch = ['fetch', '--depth=1', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--progress'];
  await git([...fetch, '--', wanted.url, `+${fullRef}:refs/atn/wanted`], (line) => {
    const percent = /^(?:remote: )?(\w[\w ]+):\s+(\d+)%/u.exec(line);
    if (percent !== null) onProgress(STEPS[percent[1] ?? ''] ?? 'Fetching from the repository', Number(percent[2]));
  });
  const commit = (await git(['rev-parse', '--verify', '--end-of-options', 'refs/atn/wanted^{commit}'])).toString().trim();
  return { commit, files: await listFiles(git, `${commit}:${wanted.subfolder ?? ''}`, wanted.subfolder) };
}

const STEPS: Readonly<Record<string, string>> = { 'Receiving objects': 'Fetching the files', 'Resolving deltas': 'Unpacking the files' };

async function listFiles(git: (args: string[]) => Promise<Buffer>, tree: string, subfolder: string | null): Promise<GitFile[]> {
  const kind = await git(['cat-file', '-t', tree]).catch(() => null);
  if (kind?.toString().trim() !== 'tree')
    throw new WorkbenchError('BAD_REQUEST', `The repository has no folder ${subfolder ?? ''} in this revision.`);
  const listed = await git(['ls-tree', '-r', '-z', '-l', '--full-tree', tree]);
  return listed
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', , object = '', size = '-'] = line.slice(0, tab).split(/ +/u);
      const what = mode === '120000' ? 'link' : mode === '160000' ? 'submodule' : 'file';
      return { path: line.slice(tab + 1), kind: what, executable: mode === '100755', size: size === '-' ? 0 : Number(size), object };
    });
}
