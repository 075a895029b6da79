import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConditionVariable } from '../../../src-shared/model/condition.ts';
import { variableKey } from '../../../src-shared/model/condition-inheritance.ts';
import { WorkbenchError } from '../../errors.ts';
import { readConditionFile, writeCondition, writeVariables } from './condition-yaml.ts';
import { readCondition, toExactJson } from './read-condition.ts';

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => ConditionVariable.safeParse({ name: text, type: 'none' }).success && text.trim() === text && text !== '<<');
const float = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
// A float without a fraction cannot be told from a whole number inside of JSON.
const inside = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.maxSafeInteger().map((value) => (Object.is(value, -0) ? 0 : value)),
    fc.constantFrom(true, false, null, 0.5, -1.25),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__' && key !== '<<'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;
const dictionary = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__' && key !== '<<'),
  inside,
  { maxKeys: 4, noNullPrototype: true },
);
const value = fc.oneof(
  fc.string().map((each) => ({ type: 'str', value: each })),
  fc
    .bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
    .map((each) => ({ type: 'int', value: Number.isSafeInteger(Number(each)) ? Number(each) : each.toString() })),
  float.map((each) => ({ type: 'float', value: each })),
  fc.boolean().map((each) => ({ type: 'bool', value: each })),
  fc.array(inside, { maxLength: 4 }).map((each) => ({ type: 'list', value: each })),
  dictionary.map((each) => ({ type: 'dict', value: each })),
  fc.constant({ type: 'none', value: null }),
  fc.constant({ type: 'secret', value: null }),
);
const variables = fc
  .uniqueArray(fc.tuple(name, value), { selector: ([each]) => variableKey(each), maxLength: 8 })
  .map((drawn) => drawn.map(([each, typed]) => ConditionVariable.parse({ name: each, ...typed })));
/** JavaScript puts keys that are numbers first: the order of variables means nothing. */
const sorted = (all: readonly ConditionVariable[]) => [...all].sort((a, b) => (a.name < b.name ? -1 : 1));

describe('a condition as YAML', () => {
  it('comes back as it went, with every type', () => {
    fc.assert(
      fc.property(variables, fc.string(), (all, doc) => {
        const file = readConditionFile(writeCondition({ name: 'lab', doc, inherits: 'base', variables: all }));
        expect(file).toMatchObject({ name: 'lab', doc, inherits: 'base', notes: [] });
        expect(sorted(file.variables)).toEqual(sorted(all));
      }),
      { numRuns: 300 },
    );
  });

  it('gives a run JSON of the same values, floats as floats and no secret', () => {
    fc.assert(
      fc.property(variables, (all) => {
        const read = readCondition(writeVariables(all));
        expect(read.problems).toEqual([]);
        const json = toExactJson(read.variables);
        const back = JSON.parse(json) as Record<string, unknown>;
        const plain = all.filter(({ type }) => type !== 'secret');
        expect(Object.keys(back).sort()).toEqual(plain.map((each) => each.name).sort());
        for (const { name: each, type, value: wanted } of plain) expect(back[each]).toEqual(type === 'int' ? Number(wanted) : wanted);
      }),
      { numRuns: 300 },
    );
    expect(
      toExactJson(readCondition('A: 3.0\nB: 3\nC: [1.0, 2]\nD: -4e3\nE: 12345678901234567890\n').variables).replaceAll(/\s/gu, ''),
    ).toBe('{"A":3.0,"B":3,"C":[1.0,2],"D":-4000.0,"E":12345678901234567890}');
  });

  it('is read from a plain variable file, and refused with every reason and its line', () => {
    expect(readConditionFile('# about\nA: 1\n')).toMatchObject({
      name: null,
      variables: [{ name: 'A', type: 'int', value: 1 }],
      notes: [expect.stringContaining('Comments') as unknown],
    });
    const reasons = (yaml: string) => {
      try {
        readConditionFile(yaml);
      } catch (error) {
        if (error instanceof WorkbenchError) return error.data.details;
      }
      return expect.fail('It was taken.');
    };
    expect(reasons('A: .inf\nB: {x: .nan}\nC: 1\n')).toEqual([
      expect.stringMatching(/^Line 1: A: /u),
      expect.stringMatching(/^Line 2: B: /u),
    ]);
    expect(reasons('- 1\n')).toEqual([expect.stringMatching(/^Line 1: /u)]);
    expect(reasons('A: [1\n')[0]).toMatch(/^Line \d: /u);
    expect(reasons('atn-condition: 1\nvariables: 3\n')).toEqual(['“variables” is a list of “name: value”.']);
  });
});
