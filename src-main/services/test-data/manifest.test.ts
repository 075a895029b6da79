import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest, writeManifest, type ManifestFile } from './manifest.ts';
import { pathProblem, sortByPath } from './path-rules.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const segment = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => pathProblem(text) === null);
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const file: fc.Arbitrary<ManifestFile> = fc.record({ path, size: fc.nat(), sha256: fc.string().map(sha256), executable: fc.boolean() });
const files = fc.uniqueArray(file, { selector: (each) => each.path, maxLength: 20 });

describe('the hash of a revision', () => {
  it('is the sha256 of the documented text', () => {
    const { hash, bytes } = writeManifest([
      { path: 'ü"\n.robot', size: 3, sha256: sha256('b'), executable: false },
      { path: 'a/tool', size: 0, sha256: sha256('a'), executable: true },
    ]);
    const text = `atn-revision 1\n["a/tool",0,"${sha256('a')}","x"]\n["ü\\"\\n.robot",3,"${sha256('b')}"]\n`;
    expect(bytes.toString()).toBe(text);
    expect(hash).toBe(sha256(text));
  });
  it('does not depend on the order in which files come, and the list reads back', () => {
    fc.assert(
      fc.property(files, fc.integer(), (all, seed) => {
        const shuffled = all.toSorted((a, b) => sha256(a.path + seed).localeCompare(sha256(b.path + seed)));
        expect(writeManifest(shuffled).hash).toBe(writeManifest(all).hash);
        const byPath = (list: readonly ManifestFile[]) => new Map(list.map((each) => [each.path, each]));
        expect(byPath(readManifest(writeManifest(all).bytes))).toEqual(byPath(all));
      }),
    );
  });
  it('sorts by the bytes of the paths, characters beyond the first plane included', () => {
    const paths = fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }), { maxLength: 20 });
    fc.assert(
      fc.property(paths, (all) => {
        const sorted = sortByPath(all.map((each) => ({ path: each }))).map((each) => each.path);
        expect(sorted).toEqual(all.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
      { examples: [[['\u{1F600}', '\uFFFD']]] },
    );
  });
  it('changes with any path, content or mark', () => {
    fc.assert(
      fc.property(
        files.filter((all) => all.length > 0),
        fc.nat(),
        fc.constantFrom('path', 'sha256', 'executable'),
        (all, at, what) => {
          const changed = all.map((each, place) => {
            if (place !== at % all.length) return each;
            if (what === 'path') return { ...each, path: `${each.path}~` };
            return what === 'sha256' ? { ...each, sha256: sha256(each.sha256) } : { ...each, executable: !each.executable };
          });
          expect(writeManifest(changed).hash).not.toBe(writeManifest(all).hash);
        },
      ),
    );
  });
});

describe('a path inside a revision', () => {
  it('never leads out of the folder it is put in', () => {
    const nasty = fc.constantFrom('..', '.', '', '/', '\\', 'C:', 'c:\\x', '\0', 'a', '...', '.. ', 'ü', '\uD800', 'x'.repeat(300));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(nasty, { maxLength: 6 }).map((parts) => parts.join('/')),
          fc.array(nasty, { maxLength: 4 }).map((parts) => parts.join('')),
        ),
        (text) => {
          if (pathProblem(text) !== null) return;
          const landed = posix.resolve('/root/folder', text);
          expect(landed.startsWith('/root/folder/')).toBe(true);
          expect(posix.normalize(text)).toBe(text);
          expect(text).not.toMatch(/^[a-z]:|[\\\0]/iu);
          expect(Buffer.from(text).toString()).toBe(text);
        },
      ),
      { numRuns: 2000 },
    );
  });
  it.each(['a.robot', 'Ünï/日本 語.robot', 'it\'s "quoted"\nand broken.robot', '...', 'a/..b', '-x', ' '])('may be %j', (text) => {
    expect(pathProblem(text)).toBeNull();
  });
  it.each([
    '',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a//b',
    './a',
    'a/',
    'C:/x',
    'c:x',
    'a\\b',
    'a\0b',
    '\uD800',
    'x'.repeat(256),
    'd/'.repeat(64) + 'x',
  ])('may not be %j', (text) => {
    expect(pathProblem(text)).not.toBeNull();
  });
});
