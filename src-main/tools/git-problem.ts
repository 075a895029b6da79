import { WorkbenchError } from '../errors.ts';

/** What git says (in English, as we ask it to), and what a person can do about it. The first that fits counts. */
const KNOWN: readonly [RegExp, string][] = [
  [
    /host key verification failed/iu,
    'The server is not known to ssh on this computer. Connect to it once with ssh in a terminal, check its key, and try again.',
  ],
  [
    /permission denied \((?:publickey|password|keyboard)|no such identity|publickey\)/iu,
    'The repository asks for a key. Load one that it accepts into your ssh agent (ssh-add), and try again. The workbench never asks for or keeps such keys.',
  ],
  [
    /could not read (?:username|password)|terminal prompts disabled|authentication failed|http basic: access denied|returned error: 40[13]|invalid (?:username|credentials)/iu,
    "The repository asks for a name and a password. Sign in once with git itself so that its credential helper knows them (for instance run 'git ls-remote' with this address in a terminal), or use its ssh address with a key. The workbench never asks for or keeps them.",
  ],
  [
    /could not resolve (?:host|hostname)|name or service not known|temporary failure in name resolution/iu,
    'The server of the repository cannot be found. Check the address and the network.',
  ],
  [
    /connection refused|connection timed out|failed to connect|network is unreachable|no route to host|connection reset|early eof|operation too slow|operation timed out/iu,
    'The server of the repository does not answer. Check the network and try again.',
  ],
  [
    /ssl certificate|certificate verif|unable to get local issuer|self[- ]signed/iu,
    'The certificate of the server is not trusted here. Ask who runs it for its authority, and give it to git (http.sslCAInfo).',
  ],
  [
    /dubious ownership|detected dubious/iu,
    'The repository belongs to another user of this computer, so git refuses to read it. Allow it with git config --global --add safe.directory, or import it as a folder.',
  ],
  [/couldn't find remote ref|remote branch .* not found|invalid refspec/iu, 'The repository has no such branch or tag.'],
  [
    /transport '.*' not allowed|protocol '.*' is not supported/iu,
    'Only https, ssh and folders of this computer are taken as repositories.',
  ],
  [
    /not found|does not exist|does not appear to be a git repository|not a git repository|unable to access/iu,
    'There is no such repository, or you may not see it. Check the address, and whether it needs signing in.',
  ],
  [/no space left|disk quota/iu, 'The disk is full. Free some space and try again.'],
  [/fsck|bad (?:object|tree|blob)|corrupt|pack has/iu, 'The repository is damaged: git refuses what it sends.'],
];

/** What git said at its end, as a sentence; its own words as details. A password in an address never is among them. */
export function gitProblem(said: string): WorkbenchError {
  const words = withoutPasswords(said);
  const known = KNOWN.find(([pattern]) => pattern.test(words));
  const code = known !== undefined && /disk is full/u.test(known[1]) ? 'DISK_FULL' : 'BAD_REQUEST';
  return new WorkbenchError(code, known?.[1] ?? 'Git could not read the repository.', {
    details: words
      .split('\n')
      .map((line) => line.split('\r').at(-1)?.trim() ?? '')
      .filter((line) => line !== '')
      .slice(-8),
  });
}

export function withoutPasswords(text: string): string {
  return text.replaceAll(/(\w+:\/\/)[^\s/@]+@/gu, '$1');
}
