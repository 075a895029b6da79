import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../errors.ts';
import { checkAddress, checkRef } from './git-address.ts';
import { gitProblem, withoutPasswords } from './git-problem.ts';

const isTaken = (check: () => unknown) => {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'BAD_REQUEST') return false;
    throw error;
  }
};

describe('the address of a repository', () => {
  it.each([
    'https://lab.example/team/suites.git',
    'https://lab.example:8443/x',
    'ssh://git@lab.example:2222/suites.git',
    'git@lab.example:team/suites.git',
    'lab.example:suites',
    'git@[fe80::1]:suites',
    'file:///srv/git/suites.git',
    '/srv/git/my suites',
  ])('may be %s', (url) => expect(checkAddress(url)).toBe(url));
  it.each([
    '',
    'suites',
    '../suites',
    '-u',
    '--upload-pack=/bin/sh',
    'ext::sh -c touch% /tmp/x',
    'fd::17',
    'http://lab.example/x',
    'git://lab.example/x',
    'ftp://lab.example/x',
    'ssh://-oProxyCommand=x/y',
    'ssh://user@-host/x',
    'ssh://%2DoProxyCommand=x@host/y',
    '-oProxyCommand=x@host:y',
    'user@-host:y',
    'https://ada@lab.example/x',
    'https://ada:secret@lab.example/x',
    'ssh://ada:secret@lab.example/x',
    '/srv/git\n/x',
  ])('may not be %j', (url) => expect(isTaken(() => checkAddress(url))).toBe(false));
  it('never begins with a dash or holds a control character, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (url) => !isTaken(() => checkAddress(url)) || (!url.startsWith('-') && !/\p{Cc}/u.test(url)),
      ),
    );
  });
});

describe('the name of a branch or tag', () => {
  it.each(['main', 'v1.2', 'feature/ünï-1', 'a@b', 'release_2'])('may be %s', (ref) => expect(checkRef(ref)).toBe(ref));
  it.each([
    '',
    '-x',
    'a..b',
    'a b',
    'a:b',
    'a~1',
    'a^',
    'a?',
    'a*',
    'a[',
    'a\\b',
    '@',
    '@{1}',
    '.a',
    'a.',
    '/a',
    'a/',
    'a//b',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a\nb',
  ])('may not be %j', (ref) => expect(isTaken(() => checkRef(ref))).toBe(false));
});

describe('what git says', () => {
  it.each([
    ["fatal: could not read Username for 'https://lab.example': terminal prompts disabled", /asks for a name and a password/u],
    ["remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://lab.example/x/'", /asks for a name and a password/u],
    ['git@lab.example: Permission denied (publickey,password).\nfatal: Could not read from remote repository.', /asks for a key/u],
    ['Host key verification failed.\nfatal: Could not read from remote repository.', /not known to ssh/u],
    ['ssh: Could not resolve hostname nowhere: Name or service not known', /cannot be found/u],
    ["fatal: unable to access 'https://lab/': Failed to connect to lab port 443: Connection refused", /does not answer/u],
    ["remote: Repository not found.\nfatal: repository 'https://lab/x/' not found", /no such repository/u],
    ['fatal: something else', /could not read the repository/u],
  ])('becomes a sentence for a person: %s', (said, sentence) => expect(gitProblem(said).message).toMatch(sentence));
  it('never shows a password of an address', () => {
    expect(withoutPasswords("fatal: unable to access 'https://ada:s3cret@lab.example/x'")).toBe(
      "fatal: unable to access 'https://lab.example/x'",
    );
    expect(JSON.stringify(gitProblem('https://ada:s3cret@lab/x').data)).not.toContain('s3cret');
  });
});
