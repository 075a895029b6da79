import { contentPath } from '@atn/content-store';
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listRevisions } from '../../store/test-data-history.ts';
import { listTestData } from '../../store/test-data.ts';
import { removeTestData, renameTestData } from './change-test-data.ts';
import { materialiseRevision } from './materialise-revision.ts';
import { listRevisionFiles, readRevisionFile } from './read-revision.ts';
import { bench, folderWith, refusalOf, SUITE } from './test-bench.ts';

describe('importing a folder', () => {
  it('keeps every path and byte under the hash, and gives them back', async () => {
    const files = { 'a.robot': SUITE, 'sub/ünï "q"\nx.robot': SUITE, 'lib/helper.py': 'x = 1\n', 'data.bin': Buffer.from([0, 255, 1]) };
    const here = bench();
    const { testData, unchanged, warnings } = await here.import(folderWith(files, 'My suites'));
    expect([unchanged, warnings]).toEqual([false, []]);
    expect(testData).toMatchObject({
      name: 'My suites',
      revisionCount: 1,
      newest: { number: 1, parent: null, fileCount: 4, author: 'ada', counts: null },
    });
    expect(testData).toMatchObject({ suiteName: 'My suites', author: 'ada', newest: { source: { kind: 'folder' } } });
    expect((await listRevisionFiles(here.services.content, testData.newest.hash)).map(({ path }) => path)).toEqual(
      Object.keys(files).sort(),
    );
    const folder = join(here.home, 'out');
    await materialiseRevision(here.services.content, { revision: testData.newest.hash, folder });
    for (const [path, content] of Object.entries(files)) expect(readFileSync(join(folder, path))).toEqual(Buffer.from(content));
    expect(here.progress.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['Looking what is there', 'Keeping the files', 'Looking for suites']),
    );
    expect(here.progress.find(({ step, done, total }) => step === 'Keeping the files' && done === total)).toBeDefined();
  });
  it('is unchanged when nothing changed, and a new revision of the same name otherwise', async () => {
    const here = bench();
    const folder = folderWith({ 'a.robot': SUITE, 'tool.sh': '' });
    const first = await here.import(folder, { name: 'Nightly' });
    expect(await here.import(folder, { name: 'nightly' })).toMatchObject({ unchanged: true, testData: { revisionCount: 1 } });
    chmodSync(join(folder, 'tool.sh'), 0o755);
    const second = await here.import(folder, { name: 'NIGHTLY' });
    expect(second).toMatchObject({ unchanged: false, testData: { id: first.testData.id, name: 'Nightly', revisionCount: 2 } });
    const out = join(here.home, 'out');
    await materialiseRevision(here.services.content, { revision: second.testData.newest.hash, folder: out });
    expect(statSync(join(out, 'tool.sh')).mode & 0o111).toBe(0o111);
    chmodSync(join(folder, 'tool.sh'), 0o644);
    const third = await here.import(folder, { name: 'Nightly' });
    expect(third.testData.newest.hash).toBe(first.testData.newest.hash);
    expect(listRevisions(here.services.store, first.testData.id).map(({ hash }) => hash)).toEqual(
      [third, second, first].map(({ testData }) => testData.newest.hash),
    );
  });
  it('leaves out what is no test data, says what may surprise, and follows no links', async () => {
    const folder = folderWith({
      'a.robot': SUITE,
      'A.robot': SUITE,
      '.git/config': 'x',
      'sub/__pycache__/m.pyc': 'x',
      'env/pyvenv.cfg': '',
      'env/lib/x.robot': SUITE,
      'output.xml': '<?xml version="1.0"?>\n<robot generator="Robot 7.5 (Python)">',
      'log.html': 'x',
      'sub/output.xml': '<robot generator="Robot 7.5">kept: it is test data</robot>',
    });
    symlinkSync('/etc/passwd', join(folder, 'link.robot'));
    const socket = createServer().listen(join(folder, 'pipe'));
    const here = bench();
    const { testData, warnings } = await here.import(folder);
    socket.close();
    expect((await listRevisionFiles(here.services.content, testData.newest.hash)).map(({ path }) => path)).toEqual([
      'A.robot',
      'a.robot',
      'sub/output.xml',
    ]);
    expect(warnings.join('\n')).toMatch(/output\.xml, log\.html of an earlier run/u);
    for (const said of [
      /env is a Python environment/u,
      /link\.robot is a symbolic link/u,
      /pipe is no ordinary file/u,
      /differ only in case/u,
    ])
      expect(warnings.join('\n')).toMatch(said);
  });
  it('keeps a log.html that is not one of Robot beside it', async () => {
    const here = bench();
    const { testData } = await here.import(folderWith({ 'a.robot': SUITE, 'log.html': 'x', 'output.xml': '<other/>' }));
    expect(testData.newest.fileCount).toBe(3);
  });
  it.each([
    ['an empty folder', {}, /it is empty/u],
    ['a folder without suites', { 'read.me': 'x', 'k.resource': 'x' }, /among 2 files/u],
  ])('refuses %s', async (_name, files, message) => {
    expect(await refusalOf(bench().import(folderWith(files)))).toMatchObject({
      code: 'NO_SUITES',
      message: expect.stringMatching(message) as unknown,
    });
  });
  it('refuses what is not there, is no suite, or has no name', async () => {
    const here = bench();
    expect((await refusalOf(here.import('/nowhere/at all'))).code).toBe('BAD_REQUEST');
    expect((await refusalOf(here.import(join(folderWith({ 'notes.txt': 'x' }), 'notes.txt')))).code).toBe('NO_SUITES');
    expect((await refusalOf(here.import(folderWith({ 'a.robot': SUITE }), { name: '  ' }))).code).toBe('BAD_REQUEST');
    expect([listTestData(here.services.store), await here.contentFiles()]).toEqual([[], 0]);
  });
  it('takes a single suite file', async () => {
    const here = bench();
    const { testData } = await here.import(join(folderWith({ 'Login.robot': SUITE, 'other.robot': SUITE }), 'Login.robot'));
    expect(testData).toMatchObject({ name: 'Login', newest: { fileCount: 1 } });
  });
});

describe('nothing half is kept', () => {
  it('when an import is cancelled in its middle', async () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, place) => [`s${place}.robot`, `${SUITE}# ${place}\n`]));
    const here = bench();
    const abort = new AbortController();
    const importing = here.import(folderWith(files), {
      signal: abort.signal,
      onProgress: ({ step, done }) => void (step === 'Keeping the files' && (done ?? 0) > 500 && abort.abort()),
    });
    expect((await refusalOf(importing)).code).toBe('CANCELLED');
    expect([listTestData(here.services.store), await here.contentFiles()]).toEqual([[], 0]);
  });
  it('but what another import had kept before stays', async () => {
    const here = bench();
    const { testData } = await here.import(folderWith({ 'a.robot': SUITE }));
    const before = await here.contentFiles();
    const big = folderWith({ 'a.robot': SUITE, 'b.robot': 'x' });
    const abort = new AbortController();
    const importing = here.import(big, {
      signal: abort.signal,
      onProgress: ({ step }) => void (step === 'Keeping the files' && abort.abort()),
    });
    expect((await refusalOf(importing)).code).toBe('CANCELLED');
    expect(await here.contentFiles()).toBe(before);
    await materialiseRevision(here.services.content, { revision: testData.newest.hash, folder: join(here.home, 'out') });
  });
});

describe('imports at the same time', () => {
  it('go one after the other, and who waits can be cancelled at once', async () => {
    const here = bench();
    let release: () => void = () => undefined;
    void here.services.turns.take(undefined, () => new Promise<void>((resolve) => (release = resolve)));
    const abort = new AbortController();
    const folder = folderWith({ 'a.robot': SUITE });
    const patient = here.import(folder, { name: 'One' });
    const impatient = here.import(folder, { name: 'Two', signal: abort.signal });
    abort.abort();
    expect((await refusalOf(impatient)).code).toBe('CANCELLED');
    expect(listTestData(here.services.store)).toEqual([]);
    release();
    expect((await patient).testData.name).toBe('One');
    expect(listTestData(here.services.store)).toHaveLength(1);
  });
});

describe('a revision', () => {
  it('shows its files as text, cut when long, and says when they are binary', async () => {
    const here = bench();
    const long = `${'ü'.repeat(1_000_001)}`;
    const { testData } = await here.import(folderWith({ 'a.robot': SUITE, 'long.txt': long, 'b.bin': Buffer.from([0xff, 0xfe]) }));
    const read = (path: string) => readRevisionFile(here.services.content, { revision: testData.newest.hash, path });
    expect(await read('a.robot')).toEqual({ path: 'a.robot', text: SUITE, size: SUITE.length, cut: false, binary: false });
    expect(await read('long.txt')).toMatchObject({ cut: true, binary: false, size: 2_000_002, text: 'ü'.repeat(1_000_000) });
    expect(await read('b.bin')).toMatchObject({ binary: true, text: '' });
    expect((await refusalOf(read('../a.robot'))).code).toBe('NOT_FOUND');
    expect((await refusalOf(listRevisionFiles(here.services.content, 'f'.repeat(64)))).code).toMatch(/NOT_FOUND|HOME_UNUSABLE/u);
  });
  it('is never handed out with other bytes than were imported', async () => {
    const here = bench();
    const { testData } = await here.import(folderWith({ 'a.robot': SUITE }));
    const [file] = await listRevisionFiles(here.services.content, testData.newest.hash);
    writeFileSync(contentPath(here.services.content, file?.sha256 ?? ''), SUITE.replace('1', '2'));
    expect(
      await refusalOf(materialiseRevision(here.services.content, { revision: testData.newest.hash, folder: join(here.home, 'out') })),
    ).toMatchObject({
      code: 'HOME_UNUSABLE',
      message: expect.stringContaining('damaged') as unknown,
    });
  });
  it('is renamed and removed with its name, not while a run refers to it', async () => {
    const here = bench();
    const one = await here.import(folderWith({ 'a.robot': SUITE }), { name: 'One' });
    const two = await here.import(folderWith({ 'b.robot': SUITE }), { name: 'Two' });
    expect(() => renameTestData(here.services, { id: one.testData.id, name: 'TWO' })).toThrow(
      expect.objectContaining({ code: 'CONFLICT' }) as Error,
    );
    expect(renameTestData(here.services, { id: one.testData.id, name: 'Eins' }).name).toBe('Eins');
    const columns = {
      id: 'run-1',
      name: 'r',
      revision: two.testData.newest.hash,
      test_data_id: two.testData.id,
      suts: '[]',
      series_key: 's',
      started_by: 'ada',
      selection: '{}',
      options: '{}',
      created_at: 1,
    };
    const names = Object.keys(columns);
    here.services.store.prepare(`INSERT INTO run (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`).run(columns);
    expect(() => removeTestData(here.services, two.testData.id)).toThrow(expect.objectContaining({ code: 'CONFLICT' }) as Error);
    removeTestData(here.services, one.testData.id);
    expect(listTestData(here.services.store).map(({ name }) => name)).toEqual(['Two']);
  });
});
