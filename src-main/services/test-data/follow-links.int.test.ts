import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { TestData } from '../../../src-shared/model/test-data.ts';
import { findTestData } from '../../store/test-data.ts';
import { setArchived } from './change-test-data.ts';
import { TestDataLinks } from './follow-links.ts';
import { saveRevision } from './save-revision.ts';
import { ada, bench, folderWith, refusalOf, SUITE } from './test-bench.ts';

const open: TestDataLinks[] = [];
afterEach(async () => {
  for (const links of open.splice(0)) await links.close();
});

function linked(here = bench()) {
  const links = new TestDataLinks(here.services);
  open.push(links);
  const options = { caller: ada, signal: new AbortController().signal, onProgress: () => undefined };
  const until = async (id: string, isSo: (link: NonNullable<TestData['link']>) => boolean) =>
    expect
      .poll(() => isSo(findTestData(here.services.store, id)?.link ?? ({} as NonNullable<TestData['link']>)), { timeout: 8000 })
      .toBe(true);
  return { ...here, links, options, until };
}

describe('test data that follow a folder', () => {
  it('say soon that something is newer, and take it when told', async () => {
    const folder = folderWith({ 'a.robot': SUITE, 'sub/b.robot': SUITE, 'gone.txt': 'x' });
    const { links, options, until, services } = linked();
    const { testData } = await links.importPath({ ...options, path: folder, link: true });
    const { id } = testData;
    expect(testData.link).toMatchObject({ kind: 'folder', place: folder, state: 'same', newer: null });
    writeFileSync(join(folder, 'sub/b.robot'), `${SUITE}# more\n`);
    await until(id, ({ state }) => state === 'newer');
    rmSync(join(folder, 'gone.txt'));
    mkdirSync(join(folder, 'later'));
    await until(id, ({ newer }) => newer?.removed === 1);
    writeFileSync(join(folder, 'later/c.robot'), SUITE);
    await until(id, ({ newer }) => newer?.added === 1);
    expect(findTestData(services.store, id)).toMatchObject({
      revisionCount: 1,
      link: { newer: { added: 1, removed: 1, changed: 1, commit: null } },
    });
    const taken = await links.take({ ...options, id, message: 'from the lab' });
    expect(taken.testData).toMatchObject({
      revisionCount: 2,
      newest: { message: 'from the lab', source: { kind: 'folder' } },
      link: { state: 'same' },
    });
    writeFileSync(join(folder, 'later/c.robot'), `${SUITE}\n`);
    await until(id, ({ newer }) => newer?.changed === 1);
    writeFileSync(join(folder, 'later/c.robot'), SUITE);
    await until(id, ({ state }) => state === 'same');
  }, 30_000);
  it('go on when the folder vanishes and comes back', async () => {
    const folder = folderWith({ 'a.robot': SUITE });
    const { links, options, until } = linked();
    const { testData } = await links.importPath({ ...options, path: folder, link: true });
    renameSync(folder, `${folder}-away`);
    await until(testData.id, ({ state, problem }) => state === 'gone' && problem !== null);
    renameSync(`${folder}-away`, folder);
    expect((await links.check(testData.id)).link).toMatchObject({ state: 'same', problem: null });
    writeFileSync(join(folder, 'a.robot'), 'changed');
    await until(testData.id, ({ state }) => state === 'newer');
  }, 30_000);
  it('see after a start what changed meanwhile, also what has kept its size and time', async () => {
    const folder = folderWith({ 'a.robot': SUITE });
    const here = linked();
    const { testData } = await here.links.importPath({ ...here.options, path: folder, link: true });
    await here.links.close();
    const past = new Date(Date.now() - 3_600_000);
    writeFileSync(join(folder, 'a.robot'), SUITE.replace('1', '2'));
    utimesSync(join(folder, 'a.robot'), past, past);
    const later = new TestDataLinks(here.services);
    open.push(later);
    later.start(0);
    await here.until(testData.id, ({ newer }) => newer?.changed === 1);
    setArchived(here.services, { id: testData.id, archived: true });
    writeFileSync(join(folder, 'b.robot'), SUITE);
    setArchived(here.services, { id: testData.id, archived: false });
    await here.until(testData.id, ({ newer }) => newer?.added === 1);
    later.unlink(testData.id);
    expect(findTestData(here.services.store, testData.id)?.link).toBeNull();
    expect((await refusalOf(later.check(testData.id))).code).toBe('CONFLICT');
  });
  it('are linked later too, and what was edited here meanwhile is no reason to take the folder again', async () => {
    const folder = folderWith({ 'a.robot': SUITE });
    const { links, options, import: importPlain } = linked();
    const { testData } = await importPlain(folder);
    expect((await links.linkFolder({ id: testData.id, path: folder })).link?.state).toBe('same');
    await importPlain(folderWith({ 'a.robot': 'edited' }, 'data'));
    expect((await links.check(testData.id)).link?.state).toBe('same');
    expect((await refusalOf(links.linkFolder({ id: testData.id, path: join(folder, 'a.robot') }))).code).toBe('BAD_REQUEST');
    expect((await refusalOf(links.importPath({ ...options, path: '/nowhere', link: true }))).message).toMatch(/not a folder/u);
  });
});

it('what was edited here and is replaced by what is taken is named, and stays in its revision', async () => {
  const folder = folderWith({ 'a.robot': SUITE, 'b.robot': SUITE });
  const { links, options, services } = linked();
  const { testData } = await links.importPath({ ...options, path: folder, link: true });
  const { id, newest } = testData;
  const changes = [{ kind: 'write', path: 'a.robot', text: 'edited' } as const];
  await saveRevision(services, { id, base: newest.hash, changes, message: '', caller: ada, look: false });
  writeFileSync(join(folder, 'b.robot'), 'from the folder');
  const taken = await links.take({ ...options, id });
  expect(taken.warnings).toEqual(['a.robot was changed here and is as it is there now; revision 2 still has it as it was.']);
  expect(taken.testData.newest).toMatchObject({ number: 3, parent: 2 });
});

it('test data that follow a branch say which commit is newer, and that the repository is gone', async () => {
  const folder = folderWith({ 'a.robot': SUITE });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@x', ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'one');
  const { links, options } = linked();
  const { testData } = await links.importGit({ ...options, url: folder, ref: 'main', link: true });
  expect(testData.link).toMatchObject({ kind: 'git', place: folder, ref: 'main', state: 'same' });
  writeFileSync(join(folder, 'README'), 'x');
  git('add', '-A');
  git('commit', '-q', '-m', 'two');
  const head = git('rev-parse', 'HEAD');
  expect((await links.check(testData.id)).link).toMatchObject({ state: 'newer', newer: { commit: head } });
  expect((await links.take({ ...options, id: testData.id })).testData).toMatchObject({
    newest: { number: 2, source: { commit: head } },
    link: { state: 'same' },
  });
  git('commit', '-q', '--allow-empty', '-m', 'nothing');
  await links.check(testData.id);
  expect(await links.take({ ...options, id: testData.id })).toMatchObject({ unchanged: true, testData: { link: { state: 'same' } } });
  renameSync(folder, `${folder}-away`);
  expect((await links.check(testData.id)).link).toMatchObject({
    state: 'gone',
    problem: expect.stringMatching(/no such repository/u) as unknown,
  });
});
