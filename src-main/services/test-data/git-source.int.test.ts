import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createServer as listen, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importGit, type GitRequest } from './git-source.ts';
import { listRevisionFiles } from './read-revision.ts';
import { ada, bench, refusalOf, SUITE } from './test-bench.ts';

const AS_ADA = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'a@x', GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'a@x' };

function repository(name = 'Power_suites') {
  const folder = join(mkdtempSync(join(tmpdir(), 'atn-git-')), name);
  mkdirSync(folder);
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, env: { ...process.env, ...AS_ADA }, stdio: ['ignore', 'pipe', 'pipe'] })
      .toString()
      .trim();
  git('init', '-q', '-b', 'main');
  const commit = (files: Record<string, string | Buffer>) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    git('add', '-A');
    git('commit', '-q', '-m', 'more');
    return git('rev-parse', 'HEAD');
  };
  return { folder, git, commit };
}

function importer(here = bench()) {
  const take = (request: Partial<GitRequest> & { url: string }) =>
    importGit(here.services, {
      caller: ada,
      signal: new AbortController().signal,
      onProgress: (each) => void here.progress.push(each),
      ...request,
    });
  return { ...here, take };
}

describe('test data from a git repository', () => {
  it('are the files of a branch or a tag, byte for byte, with the commit as their source and no trace of git in their hash', async () => {
    const { folder, git, commit } = repository();
    const first = commit({
      'a.robot': SUITE,
      'sub/win.robot': 'x\r\n',
      'tool.sh': '#!/bin/sh\n',
      '.gitattributes': '* text=auto eol=lf ident\n',
      'big.bin': Buffer.alloc(5_000_000, 7),
    });
    chmodSync(join(folder, 'tool.sh'), 0o755);
    commit({});
    git('tag', '-a', 'v1', '-m', 'one');
    git('checkout', '-q', '-b', 'feature/ünï');
    const second = commit({ 'b.robot': SUITE });
    git('checkout', '-q', 'main');
    const { take, services, progress } = importer();
    const { testData, warnings } = await take({ url: folder });
    expect(warnings).toEqual([]);
    expect(testData).toMatchObject({
      name: 'Power_suites',
      suiteName: 'Power suites',
      newest: { source: { kind: 'git', place: folder, ref: null, commit: git('rev-parse', 'HEAD') } },
    });
    expect((await listRevisionFiles(services.content, testData.newest.hash)).map(({ path, size }) => [path, size])).toEqual([
      ['.gitattributes', 25],
      ['a.robot', SUITE.length],
      ['big.bin', 5_000_000],
      ['sub/win.robot', expect.any(Number)],
      ['tool.sh', 10],
    ]);
    expect(progress.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['Asking the repository', 'Fetching the files', 'Keeping the files']),
    );
    const branch = await take({ url: `file://${folder}`, ref: 'feature/ünï' });
    expect(branch.testData).toMatchObject({ revisionCount: 2, newest: { source: { commit: second, ref: 'feature/ünï' } } });
    const tag = await take({ url: folder, ref: 'v1' });
    expect(tag.testData.newest).toMatchObject({
      hash: testData.newest.hash,
      source: { ref: 'v1', commit: git('rev-parse', 'v1^{commit}') },
    });
    expect(first).not.toBe(second);
    expect(readdirSync(services.scratch)).toEqual([]);
  });
  it('may be a folder of the repository, and leave out links and submodules, saying so', async () => {
    const { folder, git, commit } = repository();
    mkdirSync(join(folder, 'suites'));
    symlinkSync('/etc/passwd', join(folder, 'suites/link.robot'));
    commit({
      'suites/my tests/a.robot': SUITE,
      'other.robot': SUITE,
      'suites/large.iso': 'version https://git-lfs.github.com/spec/v1\noid sha256:1\n',
    });
    git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD')},suites/module`);
    git('commit', '-q', '-m', 'module');
    const { take, services } = importer();
    const { testData, warnings } = await take({ url: folder, subfolder: '/suites/' });
    expect(testData).toMatchObject({ name: 'suites', suiteName: 'Suites', newest: { source: { subfolder: 'suites' } } });
    expect((await listRevisionFiles(services.content, testData.newest.hash)).map(({ path }) => path)).toEqual([
      'large.iso',
      'my tests/a.robot',
    ]);
    expect(warnings.join()).toMatch(/link\.robot is a symbolic link.*module is a submodule.*large\.iso lies in git's large file/u);
    expect((await refusalOf(take({ url: folder, subfolder: 'nowhere' }))).message).toMatch(/no folder nowhere/u);
    expect((await refusalOf(take({ url: folder, subfolder: '../x' }))).message).toMatch(/leads out/u);
  });
  it('run nothing that the repository or the person has set up: no hook, no filter, no option smuggled in', async () => {
    const { folder, git, commit } = repository();
    const proof = join(dirname(folder), 'proof');
    commit({ 'a.robot': SUITE, '.gitattributes': '*.robot filter=evil\n' });
    git('config', 'filter.evil.smudge', `touch ${proof}`);
    git('config', 'core.fsmonitor', `touch ${proof}`);
    const hook = join(folder, '.git/hooks/post-checkout');
    mkdirSync(dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch ${proof}\n`);
    chmodSync(hook, 0o755);
    const { take } = importer();
    await take({ url: folder });
    for (const url of [
      `ext::sh -c "touch ${proof}"`,
      `--upload-pack=touch ${proof}`,
      `ssh://-oProxyCommand=touch%20${proof}/x`,
      'http://localhost/x',
      'ftp://x/y',
      'https://me:secret@localhost/x',
      'nothing',
    ])
      expect((await refusalOf(take({ url }))).code, url).toBe('BAD_REQUEST');
    for (const ref of ['--upload-pack=x', 'a..b', 'a b', 'x:y', '@{1}', 'a.lock'])
      expect((await refusalOf(take({ url: folder, ref }))).code, ref).toBe('BAD_REQUEST');
    expect(existsSync(proof)).toBe(false);
  });
  it('say what to do when there is no such repository, branch or commit', async () => {
    const { folder, commit } = repository();
    const { take, services, contentFiles } = importer();
    expect((await refusalOf(take({ url: folder }))).message).toMatch(/empty/u);
    commit({ 'a.robot': SUITE });
    expect((await refusalOf(take({ url: folder, ref: 'nowhere' }))).message).toMatch(/no branch or tag named nowhere/u);
    expect((await refusalOf(take({ url: '/nowhere/at/all' }))).message).toMatch(/no such repository/u);
    expect((await refusalOf(take({ url: 'https://nowhere.invalid/x.git' }))).message).toMatch(/cannot be found/u);
    rmSync(join(folder, 'a.robot'));
    commit({ 'x.txt': 'x' });
    expect((await refusalOf(take({ url: folder }))).code).toBe('NO_SUITES');
    expect([readdirSync(services.scratch), await contentFiles()]).toEqual([[], 0]);
  });
  it('are given up at once when they are cancelled, also while a server says nothing', async () => {
    const server = listen(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { take, services } = importer();
    const abort = new AbortController();
    const taking = refusalOf(take({ url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/x`, signal: abort.signal }));
    server.once('connection', () => abort.abort());
    expect((await taking).code).toBe('CANCELLED');
    expect(readdirSync(services.scratch)).toEqual([]);
    server.close();
  });
});

describe('a repository that needs signing in', () => {
  const place = mkdtempSync(join(tmpdir(), 'atn-git-auth-'));
  const before = process.env['GIT_SSL_CAINFO'];
  let url = '';
  let stop: () => void = () => undefined;
  beforeAll(async () => {
    const [key, cert] = [join(place, 'key.pem'), join(place, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        key,
        '-out',
        cert,
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost',
      ],
      { stdio: 'ignore' },
    );
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    url = `https://localhost:${(server.address() as AddressInfo).port}/team/private.git`;
    process.env['GIT_SSL_CAINFO'] = cert;
    stop = () => server.close();
  });
  afterAll(() => {
    stop();
    if (before === undefined) delete process.env['GIT_SSL_CAINFO'];
    else process.env['GIT_SSL_CAINFO'] = before;
  });

  it('is refused with what to do, and asks nobody', async () => {
    const { take } = importer();
    const refused = await refusalOf(take({ url }));
    expect(refused.code).toBe('BAD_REQUEST');
    expect(refused.message).toMatch(/asks for a name and a password\. Sign in once with git itself/u);
  });
  it('or whose certificate nobody knows, too', async () => {
    delete process.env['GIT_SSL_CAINFO'];
    expect((await refusalOf(importer().take({ url }))).message).toMatch(/certificate of the server is not trusted/u);
  });
});
