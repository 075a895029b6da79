import { expect, test } from 'vitest';
import { plainText, withoutPlaces } from './plain-text.ts';

test('documentation is the words of it', () => {
  expect(
    plainText({ value: '#### Keyword *Log*\n\n```python\nx = 1\n```\n---\nSee [the guide](javascript:alert(1)) for **more** of `Log`.' }),
  ).toBe('Keyword Log\n\nx = 1\n\nSee the guide) for more of Log.');
  expect(plainText('Arguments:\n\n| | | |\n|:--|:--|:--|\n| level| : str | = INFO |\n\n2 * 3 * 4')).toBe(
    'Arguments:\n\nlevel  : str  = INFO\n\n2 * 3 * 4',
  );
  expect(plainText(['One', { value: 'Two' }])).toBe('One\n\nTwo');
  expect(plainText('')).toBe('');
});

test('a template is the text it proposes', () => {
  expect(withoutPlaces('FOR    \\${${1}}    ${2|IN,IN RANGE|}    ${3:arg}\n    $0\nEND')).toBe('FOR    ${}    IN    arg\n    \nEND');
  expect(withoutPlaces('Log')).toBe('Log');
});
