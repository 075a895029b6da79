import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldOperator, unmetNeeds, type FieldNeed } from './sut-needs.ts';
import type { SutField } from './sut.ts';

const sut = (information: SutField[], tags: string[] = []) => ({ information, tags });
const text = (key: string, value: string): SutField => ({ key, kind: 'text', value });
const number = (key: string, value: number): SutField => ({ key, kind: 'number', value });
const unmet = (fields: FieldNeed[], information: SutField[]) => unmetNeeds({ tags: [], fields }, sut(information));

describe('what a plan needs of a SUT', () => {
  it('is every tag, whatever its case', () => {
    fc.assert(
      fc.property(fc.subarray(['uefi', 'GPU', 'rack 4']), fc.subarray(['uefi', 'gpu', 'Rack 4', 'more']), (tags, has) => {
        const missing = tags.filter((tag) => !has.some((each) => each.toLowerCase() === tag.toLowerCase()));
        expect(unmetNeeds({ tags, fields: [] }, sut([], has))).toEqual(missing.map((tag) => `has no tag ${tag}`));
      }),
    );
  });

  it('compares numbers as numbers, also where they were written as text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 }), fc.boolean(), (has, wanted, asText) => {
        const field = asText ? text('ram', String(has)) : number('ram', has);
        expect(unmet([{ key: 'RAM', operator: 'atLeast', value: wanted }], [field]).length === 0).toBe(has >= wanted);
        expect(unmet([{ key: 'ram', operator: 'atMost', value: String(wanted) }], [field]).length === 0).toBe(has <= wanted);
        expect(unmet([{ key: 'ram', operator: 'is', value: wanted }], [field]).length === 0).toBe(has === wanted);
        expect(unmet([{ key: 'ram', operator: 'isNot', value: wanted }], [field]).length === 0).toBe(has !== wanted);
      }),
    );
  });

  it('is not met by a field that is absent, has no number to compare, or is a secret; only isNot takes the absence', () => {
    for (const operator of FieldOperator.options)
      expect(unmet([{ key: 'x', operator, value: 1 }], []).length === 0, operator).toBe(operator === 'isNot');
    expect(unmet([{ key: 'x', operator: 'atLeast', value: 1 }], [text('x', '')])).toEqual(['has a field x that is not at least 1']);
    expect(unmet([{ key: 'x', operator: 'atLeast', value: 1 }], [text('x', 'many')]).length).toBe(1);
    const secret: SutField = { key: 'x', kind: 'secret', value: 'secret:1' };
    expect(unmet([{ key: 'x', operator: 'is', value: 'secret:1' }], [secret])).toEqual(['keeps x as a secret, which cannot be compared']);
    expect(unmet([{ key: 'x', operator: 'exists', value: null }], [secret])).toEqual([]);
    expect(unmet([{ key: 'x', operator: 'contains', value: 'ELL' }], [text('x', 'hello')])).toEqual([]);
  });
});
