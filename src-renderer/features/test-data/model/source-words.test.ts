import { describe, expect, it } from 'vitest';
import { linkText, newerText, sourceText } from './source-words.ts';

const source = { place: 'delivery.zip', ref: null, commit: null, subfolder: null };
const git = {
  kind: 'git',
  place: 'https://lab.example/suites.git',
  ref: 'main',
  commit: `3f2a1bc${'0'.repeat(33)}`,
  subfolder: 'robot',
} as const;

describe('where test data come from', () => {
  it.each([
    [{ ...source, kind: 'zip' }, 'delivery.zip'],
    [{ ...source, kind: 'edit', place: '' }, 'edited here'],
    [{ ...source, kind: 'copy', place: 'firmware' }, 'copy of firmware'],
    [git, 'main of https://lab.example/suites.git, robot, 3f2a1bc'],
    [{ ...git, ref: null, subfolder: null, commit: null }, 'https://lab.example/suites.git'],
  ] as const)('tells %#', (from, words) => expect(sourceText(from)).toBe(words));

  it('says how much is newer, and of what', () => {
    expect(newerText({ newer: { added: 2, changed: 1, removed: 0, commit: null } })).toBe('2 added, 1 changed');
    expect(newerText({ newer: { added: 0, changed: 0, removed: 0, commit: 'abcdef0123' } })).toBe('commit abcdef0');
    expect(linkText(git)).toBe('main of https://lab.example/suites.git');
  });
});
