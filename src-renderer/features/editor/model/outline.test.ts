import { describe, expect, it } from 'vitest';
import { entryAt, outlineOf } from './outline.ts';

const text = `*** Settings ***
Library    X

*** Test Cases ***
First case    Log    1
    Log    2

# a remark
Second
    [Tags]    slow

*** Keywords ***
Do ${'${it}'} well
    Log    3
`;

describe('the outline', () => {
  const outline = outlineOf(text.split('\n'));
  it('names cases and keywords with their lines', () => {
    expect(outline.map(({ kind, name, line, end }) => [kind, name, line, end])).toEqual([
      ['case', 'First case', 5, 8],
      ['case', 'Second', 9, 10],
      ['keyword', 'Do ${it} well', 13, 14],
    ]);
  });
  it('finds what a line belongs to', () => {
    expect(entryAt(outline, 2)).toBeNull();
    expect(entryAt(outline, 6)?.name).toBe('First case');
    expect(entryAt(outline, 10)?.name).toBe('Second');
  });
});
