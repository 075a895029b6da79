import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../src-shared/model/test-data-change.ts';
import { WorkbenchError } from '../../errors.ts';
import { listLeaving, listRevisions } from '../../store/test-data-history.ts';
import { findTestData, listTestData } from '../../store/test-data.ts';
import { removeTestData, setArchived } from './change-test-data.ts';
import { cleanContent } from './clean-content.ts';
import { copyTestData, restoreRevision } from './copy-test-data.ts';
import { keepContent } from './keep-revision.ts';
import { listRevisionFiles, readRevisionFile } from './read-revision.ts';
import { saveRevision } from './save-revision.ts';
import { compareFile, compareRevisions } from './show-difference.ts';
import { ada, bench, folderWith, refusalOf, SUITE } from './test-bench.ts';

const bob = { user: 'bob', origin: 'desktop' } as const;
const write = (path: string, text: string): FileChange => ({ kind: 'write', path, text });

async function started(files: Record<string, string> = { 'a.robot': SUITE, 'b.robot': 'B\n', 'c.txt': 'C' }) {
  const here = bench();
  const { testData } = await here.import(folderWith(files), { name: 'Nightly' });
  const { id } = testData;
  const save = (base: string, changes: FileChange[], caller: typeof ada = ada) =>
    saveRevision(here.services, { id, base, changes, message: 'why', caller });
  const texts = async (revision: string) => {
    const files = await listRevisionFiles(here.services.content, revision);
    const read = async (path: string) => [path, (await readRevisionFile(here.services.content, { revision, path })).text] as const;
    return Object.fromEntries(await Promise.all(files.map(({ path }) => read(path))));
  };
  return { ...here, id, first: testData.newest.hash, save, texts };
}

describe('saving what was edited', () => {
  it('makes the next revision, with who, why and what it was made from', async () => {
    const { services, id, first, save, texts } = await started();
    const saved = await save(
      first,
      [write('a.robot', 'new\n'), { kind: 'rename', path: 'c.txt', to: 'd/c.txt' }, { kind: 'delete', path: 'b.robot' }],
      bob,
    );
    expect(saved).toMatchObject({
      type: 'saved',
      unchanged: false,
      merged: [],
      revision: { number: 2, parent: 1, author: 'bob', message: 'why' },
    });
    const { newest } = findTestData(services.store, id) ?? {};
    expect(newest?.source.kind).toBe('edit');
    expect(await texts(newest?.hash ?? '')).toEqual({ 'a.robot': 'new\n', 'd/c.txt': 'C' });
    expect(await save(newest?.hash ?? '', [write('a.robot', 'new\n')])).toMatchObject({
      type: 'saved',
      unchanged: true,
      revision: { number: 2 },
    });
  });
  it('puts files together that two people changed apart from each other', async () => {
    const { first, save, texts } = await started();
    await save(first, [write('a.robot', 'ada\n')]);
    const second = await save(first, [write('b.robot', 'bob\n'), write('new.robot', 'x')], bob);
    expect(second).toMatchObject({ type: 'saved', merged: ['a.robot'], revision: { number: 3, parent: 2 } });
    expect(second.type === 'saved' && (await texts(second.revision.hash))).toEqual({
      'a.robot': 'ada\n',
      'b.robot': 'bob\n',
      'c.txt': 'C',
      'new.robot': 'x',
    });
  });
  it('saves nothing when both changed one file, and answers both sides with what they began with', async () => {
    const { services, id, first, save } = await started();
    await save(first, [write('a.robot', 'ada\n'), { kind: 'delete', path: 'c.txt' }]);
    const refused = await save(first, [write('a.robot', 'bob\n'), write('c.txt', 'more'), write('b.robot', 'b')], bob);
    expect(refused).toEqual({
      type: 'conflict',
      newest: expect.objectContaining({ number: 2, author: 'ada' }) as unknown,
      files: [
        {
          path: 'a.robot',
          base: { text: SUITE, size: SUITE.length },
          theirs: { text: 'ada\n', size: 4 },
          mine: { text: 'bob\n', size: 4 },
        },
        { path: 'c.txt', base: { text: 'C', size: 1 }, theirs: null, mine: { text: 'more', size: 4 } },
      ],
    });
    expect(listRevisions(services.store, id)).toHaveLength(2);
  });
  it('lets one of two who save at the same time see the other', async () => {
    const { first, save } = await started();
    const both = await Promise.all([save(first, [write('a.robot', '1')]), save(first, [write('a.robot', '2')], bob)]);
    expect(both.map(({ type }) => type)).toEqual(['saved', 'conflict']);
  });
  it('is refused without a suite, without such a base, and keeps nothing then', async () => {
    const { first, save, contentFiles } = await started();
    const before = await contentFiles();
    expect(
      (
        await refusalOf(
          save(first, [
            { kind: 'delete', path: 'a.robot' },
            { kind: 'delete', path: 'b.robot' },
          ]),
        )
      ).code,
    ).toBe('NO_SUITES');
    expect((await refusalOf(save('0'.repeat(64), [write('a.robot', 'x')]))).code).toBe('NOT_FOUND');
    expect((await refusalOf(save(first, [write('../x.robot', 'x')]))).code).toBe('BAD_REQUEST');
    expect(await contentFiles()).toBe(before);
  });
});

describe('the difference between revisions', () => {
  it('is told by file, and by line within one', async () => {
    const { services, first, save } = await started({ 'a.robot': 'one\ntwo\n', 'win.robot': 'x\r\n', 'long.txt': 'y'.repeat(2_000_001) });
    const saved = await save(first, [write('a.robot', 'one\n2\n'), write('win.robot', 'x\n'), write('bin', 'a\0b')]);
    const to = saved.type === 'saved' ? saved.revision.hash : '';
    expect((await compareRevisions(services.content, { from: first, to })).files.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'changed a.robot',
      'added bin',
      'changed win.robot',
    ]);
    expect((await compareRevisions(services.content, { to })).files.every(({ kind }) => kind === 'added')).toBe(true);
    const file = (path: string) => compareFile(services.content, { from: first, to, oldPath: path, path });
    expect(await file('a.robot')).toEqual({
      form: 'text',
      hunks: [
        {
          ...{ oldStart: 1, oldLines: 2, newStart: 1, newLines: 2 },
          lines: [
            { kind: 'same', text: 'one' },
            { kind: 'removed', text: 'two' },
            { kind: 'added', text: '2' },
          ],
        },
      ],
    });
    expect([(await file('win.robot')).form, (await file('long.txt')).form]).toEqual(['ends', 'large']);
    expect((await compareFile(services.content, { from: first, to, path: 'bin' })).form).toBe('binary');
  });
});

describe('test data', () => {
  it('come back to an older revision without losing what came between', async () => {
    const { services, id, first, save } = await started();
    await save(first, [write('a.robot', 'x')]);
    const restored = await restoreRevision(services, { id, number: 1, message: '', caller: bob });
    expect(restored).toMatchObject({
      revisionCount: 3,
      newest: { hash: first, number: 3, parent: 1, author: 'bob', source: { kind: 'restore' } },
    });
    await expect(restoreRevision(services, { id, number: 9, message: '', caller: bob })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('are copied with their author and the name of their root suite, under a name of their own', async () => {
    const { services, id, first, save } = await started();
    await save(first, [write('a.robot', 'x')]);
    const copy = await copyTestData(services, { id, name: 'Mine', number: 1, caller: bob });
    expect(copy).toMatchObject({
      ...{ name: 'Mine', suiteName: 'Data', author: 'ada', revisionCount: 1 },
      copiedFrom: { testDataId: id, name: 'Nightly', revision: 1, by: 'bob' },
      newest: { hash: first, number: 1, parent: null, author: 'ada' },
    });
    await expect(copyTestData(services, { id, name: 'nightly', caller: bob })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
  it('go to the archive and come back, also by an import of their name', async () => {
    const { services, id, import: importAgain } = await started();
    expect(setArchived(services, { id, archived: true }).archivedAt).not.toBeNull();
    expect((await importAgain(folderWith({ 'a.robot': 'other' }), { name: 'Nightly' })).testData).toMatchObject({
      id,
      archivedAt: null,
      revisionCount: 2,
    });
  });
  it('are not removed while a plan refers to them, which is named', async () => {
    const { services, id } = await started();
    const refuse = () => removeTestData({ ...services, plansOf: () => [{ id: 'p1', name: 'Weekly' }] }, id);
    expect(refuse).toThrow(WorkbenchError);
    expect(refuse).toThrow(/^1 plan refers to Nightly\. Archive it/u);
  });
});

describe('content that nothing refers to any more', () => {
  it('goes with the last test data that had it, and what others have stays', async () => {
    const { services, id, contentFiles, import: importMore, first, save } = await started();
    const { testData: other } = await importMore(folderWith({ 'a.robot': SUITE, 'own.robot': 'own' }), { name: 'Other' });
    await save(first, [write('a.robot', 'edited')]);
    removeTestData(services, id);
    expect(listLeaving(services.store)).toHaveLength(2);
    expect(await cleanContent(services)).toBe(5);
    expect([listLeaving(services.store), await contentFiles()]).toEqual([[], 3]);
    expect(await readRevisionFile(services.content, { revision: other.newest.hash, path: 'a.robot' })).toMatchObject({ text: SUITE });
    removeTestData(services, other.id);
    await cleanContent(services);
    expect([await contentFiles(), listTestData(services.store)]).toEqual([0, []]);
  });
  it('goes when a kill cut off what it was added for, but not what was there before', async () => {
    const { services, contentFiles, first } = await started({ 'a.robot': SUITE });
    const before = await contentFiles();
    const bytes = (text: string) =>
      (async function* () {
        await Promise.resolve();
        yield Buffer.from(text);
      })();
    const file = (path: string, text: string) => ({ path, size: text.length, executable: false, open: () => Promise.resolve(bytes(text)) });
    const source = { files: [file('a.robot', SUITE), file('new.robot', 'new')], warnings: [], close: () => undefined };
    await keepContent(services, source, { signal: new AbortController().signal, say: () => undefined });
    expect(await contentFiles()).toBe(before + 2);
    expect(await cleanContent(services)).toBe(2);
    expect([await contentFiles(), await cleanContent(services)]).toEqual([before, 0]);
    expect(await readRevisionFile(services.content, { revision: first, path: 'a.robot' })).toMatchObject({ text: SUITE });
  });
  it('stays when it is imported again before it was cleaned, and when something else holds it', async () => {
    const { services, id, contentFiles, import: importAgain, first } = await started({ 'a.robot': SUITE });
    const [file] = await listRevisionFiles(services.content, first);
    removeTestData(services, id);
    const { testData } = await importAgain(folderWith({ 'a.robot': SUITE }), { name: 'Again' });
    await cleanContent(services);
    expect(testData.newest.hash).toBe(first);
    expect(await contentFiles()).toBe(2);
    removeTestData(services, testData.id);
    await cleanContent({ ...services, otherContent: () => [file?.sha256 ?? ''] });
    expect(await contentFiles()).toBe(1);
  });
});
