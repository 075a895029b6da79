import { mkdir } from 'node:fs/promises';
import { WorkbenchError } from '../errors.ts';
import { runScript, type ScriptResult } from './run-script.ts';

interface RepositoryRequest {
  url: string;
  ref: string | undefined;
  /** Made; must be empty. */
  folder: string;
  signal?: AbortSignal | undefined;
}

const LONGEST_MS = 30 * 60_000;

/** Fetches one commit of a repository with the system's git. Throws BAD_REQUEST with git's own reason, CANCELLED, TIMEOUT. */
export async function fetchRepository({ url, ref, folder, signal }: RepositoryRequest): Promise<{ commit: string }> {
  if (url.startsWith('-') || ref?.startsWith('-') === true)
    throw new WorkbenchError('BAD_REQUEST', 'An address or branch does not begin with "-".');
  await mkdir(folder, { recursive: true });
  const git = (...args: string[]) => run(args, { folder, signal });
  await git('init', '--quiet');
  const wanted = ref ?? 'HEAD';
  await git('fetch', '--quiet', '--depth=1', '--no-tags', url, wanted);
  await git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
  return { commit: (await git('rev-parse', 'HEAD')).stdout.trim() };
}

async function run(
  args: readonly string[],
  { folder, signal }: { folder: string; signal?: AbortSignal | undefined },
): Promise<ScriptResult> {
  const result = await runScript({
    python: 'git',
    // No hooks and no helpers of a stranger; nobody is asked for a password.
    args: ['-C', folder, '-c', 'core.hooksPath=/dev/null', '-c', 'protocol.ext.allow=never', ...args],
    signal,
    timeoutMs: LONGEST_MS,
    title: 'Fetching the repository',
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: 'true', SSH_ASKPASS: 'true', GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' },
  });
  if (result.code === 0) return result;
  const said = result.stderr
    .trim()
    .split('\n')
    .map((line) => line.replaceAll(/(\w+:\/\/)[^/\s@]+@/gu, '$1'));
  const needsUser = said.some((line) =>
    /could not read (?:Username|Password)|Authentication failed|Permission denied|terminal prompts disabled/iu.test(line),
  );
  const sentence = needsUser
    ? 'The repository asks for a user and password. Let git know them (a credential helper, a key for ssh), then try again.'
    : `git could not fetch it: ${said.at(-1) ?? 'it did not say why'}`;
  throw new WorkbenchError('BAD_REQUEST', sentence, { details: said.slice(-20) });
}
