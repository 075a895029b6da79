import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileDifference } from '../../../src-shared/model/test-data-change.ts';
import { compareFiles } from './compare-revisions.ts';
import type { ManifestFile } from './manifest.ts';

const file = (path: string, content: string, executable = false): ManifestFile => ({
  path,
  sha256: content.padEnd(64, '0'),
  size: content.length,
  executable,
});
const listing = fc
  .uniqueArray(
    fc.record({
      path: fc.constantFrom('a', 'b', 'c', 'x/a', 'x/b', 'y/a', 'y/x/a', 'ü'),
      content: fc.constantFrom('', '1', '22', '333'),
      executable: fc.boolean(),
    }),
    { selector: ({ path }) => path },
  )
  .map((files) => files.map(({ path, content, executable }) => file(path, content, executable)));

/** Does to the old files what the differences say; bytes of what is new come from the new ones. */
function apply(from: ManifestFile[], differences: FileDifference[], to: ManifestFile[]): ManifestFile[] {
  const files = new Map(from.map((each) => [each.path, each]));
  const moved = differences.flatMap(({ oldPath, path }) => (oldPath === null ? [] : [{ path, file: files.get(oldPath) }]));
  for (const { kind, path, oldPath } of differences) {
    if (kind === 'removed') files.delete(path);
    if (oldPath !== null) files.delete(oldPath);
  }
  for (const { kind, path } of differences) {
    const fresh = to.find((each) => each.path === path);
    if ((kind === 'added' || kind === 'changed') && fresh !== undefined) files.set(path, fresh);
  }
  for (const { path, file: old } of moved) if (old !== undefined) files.set(path, { ...old, path });
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

describe('what differs between two revisions', () => {
  it('done to the old one makes the new one, whatever was added, removed, changed or moved', () => {
    fc.assert(
      fc.property(listing, listing, (from, to) => {
        expect(apply(from, compareFiles(from, to), to)).toEqual(to.toSorted((a, b) => (a.path < b.path ? -1 : 1)));
      }),
      { numRuns: 1000 },
    );
  });
  it('is nothing between equal ones, and names each path once', () => {
    fc.assert(fc.property(listing, (files) => compareFiles(files, files.toReversed()).length === 0));
    fc.assert(
      fc.property(listing, listing, (from, to) => {
        const paths = compareFiles(from, to).map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
      }),
    );
  });
  it('tells a move from a removal with an addition, by the name where bytes are the same', () => {
    const from = [file('login.robot', 'L'), file('old/a', 'same'), file('old/b', 'same'), file('e1/__init__.py', ''), file('gone', 'g')];
    const to = [file('Login.robot', 'L'), file('new/b', 'same'), file('new/a', 'same'), file('e2/__init__.py', ''), file('empty', '')];
    expect(compareFiles(from, to).map(({ kind, path, oldPath }) => [kind, path, oldPath])).toEqual([
      ['renamed', 'Login.robot', 'login.robot'],
      ['renamed', 'e2/__init__.py', 'e1/__init__.py'],
      ['added', 'empty', null],
      ['removed', 'gone', null],
      ['renamed', 'new/a', 'old/a'],
      ['renamed', 'new/b', 'old/b'],
    ]);
  });
});
