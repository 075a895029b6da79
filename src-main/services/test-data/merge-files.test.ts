import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../src-shared/model/test-data-change.ts';
import { applyChanges, mergeFiles, type Entry, type Listing } from './merge-files.ts';

const entryOf = (text: string) => ({ sha256: text, size: text.length });
const PATHS = ['a', 'b', 'c/d', 'c/e', 'c', 'b/f'];
const TEXTS = ['1', '2', '3'];
/** Lists of files in which no path is a file and a folder at once. */
const listing = fc.dictionary(fc.constantFrom(...PATHS), fc.constantFrom(...TEXTS), { noNullPrototype: true }).map((files): Listing => {
  const all = Object.entries(files).filter(([path]) => !Object.keys(files).some((other) => other.startsWith(`${path}/`)));
  return new Map(all.map(([path, text]): [string, Entry] => [path, { ...entryOf(text), executable: false }]));
});
const textAt = (files: Listing, path: string) => files.get(path)?.sha256;

describe('putting two sides together', () => {
  it('loses nothing: what a side made is in the result, or its path is told as a conflict', () => {
    fc.assert(
      fc.property(listing, listing, listing, (base, theirs, mine) => {
        const { files, conflicts } = mergeFiles(base, theirs, mine);
        for (const side of [theirs, mine]) {
          for (const [path, { sha256 }] of side) {
            if (textAt(base, path) === sha256) continue;
            const isTold = conflicts.includes(path) || conflicts.some((each) => path.startsWith(`${each}/`));
            expect(textAt(files, path) === sha256 || isTold, path).toBe(true);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
  it('takes back nothing: a file that neither side removed is there', () => {
    fc.assert(
      fc.property(listing, listing, listing, (base, theirs, mine) => {
        const { files, conflicts } = mergeFiles(base, theirs, mine);
        for (const path of base.keys())
          if (theirs.has(path) && mine.has(path)) expect(files.has(path) || conflicts.includes(path)).toBe(true);
      }),
    );
  });
  it('is the one side when the other changed nothing, and the same whoever was first', () => {
    fc.assert(
      fc.property(listing, listing, listing, (base, theirs, mine) => {
        expect(mergeFiles(base, base, mine)).toEqual({ files: new Map([...mine]), conflicts: [] });
        expect(mergeFiles(base, theirs, base)).toEqual({ files: new Map([...theirs]), conflicts: [] });
        const [one, other] = [mergeFiles(base, theirs, mine), mergeFiles(base, mine, theirs)];
        expect(one.conflicts).toEqual(other.conflicts);
        if (one.conflicts.length === 0) expect([...one.files].sort()).toEqual([...other.files].sort());
      }),
    );
  });
});

describe('what a person did to files', () => {
  const base: Listing = new Map([
    ['a.robot', { sha256: 'A', size: 1, executable: false }],
    ['run.sh', { sha256: 'S', size: 1, executable: true }],
  ]);
  const apply = (...changes: FileChange[]) =>
    [...applyChanges(base, changes, entryOf)].map(([path, { sha256, executable }]) => [path, sha256, executable]);

  it('is done in order; a mark stays with its file', () => {
    expect(apply({ kind: 'write', path: 'run.sh', text: 'T' }, { kind: 'delete', path: 'a.robot' })).toEqual([['run.sh', 'T', true]]);
    expect(apply({ kind: 'rename', path: 'run.sh', to: 'sub/go.sh', text: 'G' })).toEqual([
      ['a.robot', 'A', false],
      ['sub/go.sh', 'G', true],
    ]);
  });
  it.each<[string, FileChange]>([
    ['no file', { kind: 'delete', path: 'x' }],
    ['already', { kind: 'rename', path: 'run.sh', to: 'a.robot' }],
    ['leads out', { kind: 'write', path: '../x', text: '' }],
    ['leads out', { kind: 'rename', path: 'a.robot', to: 'x/../../y' }],
    ['folder at once', { kind: 'write', path: 'a.robot/x', text: '' }],
  ])('is refused when it cannot be (%s)', (sentence, change) => {
    expect(() => apply(change)).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST', message: expect.stringContaining(sentence) as unknown }) as Error,
    );
  });
});
