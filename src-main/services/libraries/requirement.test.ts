import { describe, expect, it } from 'vitest';
import { readRequirement } from './requirement.ts';

describe('a requirement', () => {
  it('has a name and what it asks for', () => {
    expect(readRequirement(' robotframework-sshlibrary==3.8.0 ')).toEqual({
      text: 'robotframework-sshlibrary==3.8.0',
      name: 'robotframework-sshlibrary',
      versions: '==3.8.0',
    });
    expect(readRequirement('robotframework-datadriver[xls] >=1.11, <2')).toMatchObject({
      name: 'robotframework-datadriver',
      versions: '>=1.11,<2',
    });
    expect(readRequirement('pyserial')).toMatchObject({ name: 'pyserial', versions: 'any' });
    expect(readRequirement('numpy~=2.0; python_version > "3.9"')).toMatchObject({ versions: '~=2.0' });
  });
  it.each([
    '--index-url http://elsewhere x',
    'x --hash=sha256:00',
    'x @ https://elsewhere/x.whl',
    './folder',
    '/etc/passwd',
    'git+https://elsewhere/x',
    'x\n--pre',
    '',
    '-r other.txt',
    'a b',
  ])('is refused: %j', (text) => {
    expect(() => readRequirement(text)).toThrow(/is not a requirement/u);
  });
});
