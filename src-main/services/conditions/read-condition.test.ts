import { expect, it } from 'vitest';
import { readCondition, toExactJson } from './read-condition.ts';

it('keeps types, nesting and integers of any size', () => {
  const { variables, problems } = readCondition(
    'a: 1\nb: 1.5\nc: yes it is\nd: [true, null, "2"]\ne: {f: 12345678901234567890}\nü: "zeile\\nzwei"\n',
  );
  expect(problems).toEqual([]);
  expect(toExactJson(variables)).toBe(
    `${JSON.stringify({ a: 1, b: 1.5, c: 'yes it is', d: [true, null, '2'], e: { f: 0 }, ü: 'zeile\nzwei' }, null, 2).replace('"f": 0', '"f": 12345678901234567890')}`,
  );
});

it('says in which line it is broken', () => {
  expect(readCondition('a: 1\nb: [1, 2\nc: 3\n').problems[0]).toMatch(/^Line [34]: /u);
  expect(readCondition('a: 1\na: 2').problems[0]).toMatch(/^Line 2: .*unique/u);
});

it.each([['- a\n- b'], ['just text']])('refuses %j: there are no names in it', (yaml) => {
  expect(readCondition(yaml).problems).toEqual(['Line 1: a condition is a list of “name: value”.']);
});

it('refuses what JSON cannot carry, by its path', () => {
  expect(readCondition('a: {b: [.inf]}').problems).toEqual(['a.b[0]: Infinity cannot be handed to Robot; write it as text.']);
});

it('takes an empty text, and does not unfold a bomb of aliases', () => {
  expect(readCondition('')).toEqual({ variables: {}, problems: [] });
  const bomb = [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`),
  ];
  expect(readCondition(bomb.join('\n')).problems).toHaveLength(1);
});
