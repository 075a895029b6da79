import { put } from '@atn/content-store';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { insertRevision } from '../../store/test-data-history.ts';
import { insertTestData } from '../../store/test-data.ts';
import { ensureEnvironment } from '../environments/ensure-environment.ts';
import { libraryBench, made, wanted } from '../environments/library-bench.ts';
import { writeManifest } from '../test-data/manifest.ts';
import { addLibrary } from './add-library.ts';
import { addUpload } from './add-upload.ts';
import { attachLibrary, detachLibrary, removeLibrary, removeLibraryVersion } from './attach-library.ts';
import { bindLibraries } from './bind-libraries.ts';
import { readLibraries, type LibraryServices } from './library-services.ts';
import { recogniseImports } from './recognise-imports.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const ada = { caller: { user: 'ada', origin: 'cli' as const } };

async function bench() {
  const { services: environments, close, ...rest } = await libraryBench({ how: 'uv' });
  closing.push(close);
  const plans: ReturnType<LibraryServices['plans']> = [];
  const services: LibraryServices = { ...environments, environments, plans: () => plans };
  return { ...rest, services, plans };
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'atn-sources-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A package that builds itself: no tool of the index is needed. */
const PACKAGE = {
  'pyproject.toml': '[build-system]\nrequires = []\nbuild-backend = "maker"\nbackend-path = ["."]\n',
  'maker.py': `
import zipfile
INFO = "atn_made-3.1.dist-info"
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = "atn_made-3.1-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as archive:
        archive.write("AtnMade.py")
        archive.writestr(f"{INFO}/METADATA", "Metadata-Version: 2.1\\nName: atn-made\\nVersion: 3.1\\nSummary: Built here.\\n")
        archive.writestr(f"{INFO}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr(f"{INFO}/RECORD", f"AtnMade.py,,\\n{INFO}/METADATA,,\\n{INFO}/WHEEL,,\\n{INFO}/RECORD,,\\n")
    return name
`,
  'AtnMade.py': 'VERSION = "3.1"\ndef greet():\n    return "hello"\n',
};

/** Test data with one revision of these files. */
async function testDataWith({ services }: Awaited<ReturnType<typeof bench>>, files: Readonly<Record<string, string>>) {
  const entries = await Promise.all(
    Object.entries(files).map(async ([path, text]) => ({ path, executable: false, ...(await put(services.content, Buffer.from(text))) })),
  );
  const { hash, bytes } = writeManifest(entries);
  await put(services.content, bytes);
  insertTestData(services.store, { id: 'td', name: 'Bench', suiteName: 'Bench', createdAt: 1, author: 'ada', copiedFrom: null });
  const source = { kind: 'file' as const, place: 'x', ref: null, commit: null, subfolder: null };
  const facts = { author: 'ada', message: '', source, fileCount: entries.length, size: bytes.length, createdAt: 1, parent: null };
  insertRevision(services.store, { hash, testDataId: 'td', ...facts });
  return { testDataId: 'td', revision: hash };
}

describe('a library', () => {
  it('is a wheel, kept by its hash, the same one once, another as a new version', async () => {
    const one = await bench();
    const [first, second] = [await made('atn-own', '1.0'), await made('atn-own', '2.0')];
    const path = one.writeFile(first.fileName, first.bytes);
    const { library, unchanged } = await addLibrary(one.services, { from: 'path', path }, ada);
    expect(unchanged).toBe(false);
    expect(library).toMatchObject({ name: 'atn-own', description: 'Made by a test.', importNames: ['atn_own'] });
    expect(library.versions).toMatchObject([{ version: '1.0', source: 'wheel', sha256: first.sha256, addedBy: 'ada' }]);
    expect(await addLibrary(one.services, { from: 'path', path }, ada)).toMatchObject({ unchanged: true });
    const upload = { name: second.fileName, stream: () => new Blob([new Uint8Array(second.bytes)]).stream() };
    const added = await addUpload(one.services, upload, ada);
    expect(added.library.versions.map(({ version }) => version)).toEqual(['2.0', '1.0']);
  });
  it('that is no wheel, or not there, is refused and leaves nothing', async () => {
    const one = await bench();
    const path = one.writeFile('broken-1.0-py3-none-any.whl', Buffer.from('no zip'));
    await expect(addLibrary(one.services, { from: 'path', path }, ada)).rejects.toMatchObject({ code: 'ARCHIVE_REFUSED' });
    const text = one.writeFile('notes.txt', Buffer.from('hello'));
    await expect(addLibrary(one.services, { from: 'path', path: text }, ada)).rejects.toMatchObject({ code: 'ARCHIVE_REFUSED' });
    await expect(addLibrary(one.services, { from: 'path', path: '/nowhere/x.whl' }, ada)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(addLibrary(one.services, { from: 'requirement', requirement: 'x @ http://y' }, ada)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect(readLibraries(one.services)).toEqual([]);
  });
  it('is built once out of a package’s folder, a source distribution or a repository', async () => {
    const one = await bench();
    const folder = folderWith(PACKAGE);
    const { library } = await addLibrary(one.services, { from: 'path', path: folder }, ada);
    expect(library).toMatchObject({ name: 'atn-made', importNames: ['AtnMade'], versions: [{ version: '3.1', source: 'sdist' }] });
    const archive = join(one.home, 'atn_made-3.1.tar.gz');
    execFileSync('tar', ['-czf', archive, '--transform=s,^\\.,atn_made-3.1,', '-C', folder, '.']);
    expect((await addLibrary(one.services, { from: 'path', path: archive }, ada)).library.versions.length).toBeLessThanOrEqual(2);
    for (const words of [
      ['init', '-q', '-b', 'main'],
      ['add', '.'],
      ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'x'],
    ])
      execFileSync('git', words, { cwd: folder });
    const ofGit = await addLibrary(one.services, { from: 'git', url: folder, ref: 'main' }, ada);
    expect(ofGit.library.id).toBe(library.id);
    await expect(addLibrary(one.services, { from: 'git', url: folder, ref: 'nowhere' }, ada)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
  it('that does not build says why', async () => {
    const one = await bench();
    const folder = folderWith({ ...PACKAGE, 'maker.py': 'raise RuntimeError("needs a compiler")' });
    await expect(addLibrary(one.services, { from: 'path', path: folder }, ada)).rejects.toMatchObject({
      code: 'ENVIRONMENT_FAILED',
      message: 'It does not build: RuntimeError: needs a compiler.',
    });
  });
  it('is a folder of modules, laid on the search path and bound to its content', async () => {
    const one = await bench();
    const folder = folderWith({ 'lab_tools.py': 'VERSION = "one"\n', 'cooling.resource': '*** Keywords ***\nCool\n    No Operation\n' });
    const { library, versionId } = await addLibrary(one.services, { from: 'path', path: folder, name: 'lab tools' }, ada);
    expect(library).toMatchObject({ importNames: ['cooling.resource', 'lab_tools'], versions: [{ source: 'folder' }] });
    const bound = bindLibraries(one.services.store, [{ libraryId: library.id, versionId }]);
    writeFileSync(join(folder, 'lab_tools.py'), 'VERSION = "two"\n');
    const newer = await addLibrary(one.services, { from: 'path', path: folder, name: 'lab tools' }, ada);
    expect(newer.library.versions).toHaveLength(2);
    const asked = { libraries: [...bound, wanted('robotframework==7.5')], lockHash: null };
    const { pythonPath } = await ensureEnvironment(one.services.environments, asked);
    const module = join(pythonPath[0] ?? '', 'lab_tools.py');
    expect(readFileSync(module, 'utf8')).toBe('VERSION = "one"\n');
    writeFileSync(module, 'VERSION = "tampered"\n');
    await ensureEnvironment(one.services.environments, asked);
    expect(readFileSync(module, 'utf8')).toBe('VERSION = "one"\n');
  });
  it('stays while somebody has it in a set', async () => {
    const one = await bench();
    const { library, versionId } = await addLibrary(one.services, { from: 'requirement', requirement: 'robotframework-sshlibrary' }, ada);
    expect(library.importNames).toEqual(['SSHLibrary']);
    const { testDataId } = await testDataWith(one, { 'a.robot': '' });
    attachLibrary(one.services, { testDataId, libraryId: library.id, versionId: null });
    expect(() => removeLibrary(one.services, library.id)).toThrow(/used by Bench/u);
    detachLibrary(one.services, { testDataId, libraryId: library.id });
    one.plans.push({ id: 'p', name: 'Nightly', libraries: [{ libraryId: library.id, versionId }] });
    expect(() => removeLibrary(one.services, library.id)).toThrow(/used by Nightly/u);
    expect(() => removeLibraryVersion(one.services, { id: library.id, versionId })).toThrow(/only version/u);
    one.plans.length = 0;
    removeLibrary(one.services, library.id);
    expect(readLibraries(one.services)).toEqual([]);
  });
});

describe('what suites import', () => {
  it('is Robot’s own, a file, a library of the set, one of the registry, or missing with a suggestion', async () => {
    const one = await bench();
    const tools = await addLibrary(
      one.services,
      { from: 'path', path: folderWith({ 'cooling.resource': '', 'lab_tools.py': '' }), name: 'tools' },
      ada,
    );
    await addLibrary(one.services, { from: 'requirement', requirement: 'robotframework-requests' }, ada);
    const settings = [
      'Collections',
      'RequestsLibrary',
      'SSHLibrary',
      'lab_tools',
      'libs/mine.py',
      'gone.py',
      'Unheard',
      '${WHICH}',
      'mine.Class',
    ];
    const question = await testDataWith(one, {
      'suites/a.robot': `*** Settings ***\n${settings.map((name) => `Library    ${name}\n`).join('')}Resource    ../common.resource\nResource    cooling.resource\n`,
      'suites/libs/mine.py': '',
      'common.resource': '*** Settings ***\nLibrary    \${CURDIR}/suites/libs/mine.py\n',
    });
    attachLibrary(one.services, { ...question, libraryId: tools.library.id, versionId: null });
    const found = await recogniseImports(one.services, question);
    const states = Object.fromEntries(found.map(({ name, state }) => [name, state]));
    expect(states).toEqual({
      Collections: 'robot',
      RequestsLibrary: 'registry',
      SSHLibrary: 'missing',
      lab_tools: 'attached',
      'cooling.resource': 'attached',
      'libs/mine.py': 'local',
      '${CURDIR}/suites/libs/mine.py': 'local',
      '../common.resource': 'local',
      'gone.py': 'missing',
      Unheard: 'missing',
      'mine.Class': 'missing',
      '${WHICH}': 'dynamic',
    });
    const of = (name: string) => found.find((use) => use.name === name);
    expect(of('SSHLibrary')).toMatchObject({
      suggestion: { requirement: 'robotframework-sshlibrary' },
      places: [{ path: 'suites/a.robot', line: 4 }],
    });
    expect(of('Unheard')?.suggestion).toEqual({ libraryId: null, requirement: null });
    expect(found[0]?.state).toBe('missing');
  });
});
