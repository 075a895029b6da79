import { describe, expect, it } from 'vitest';
import { needText, readNeed } from './needs.ts';

describe('what a machine must be', () => {
  it.each([
    ['memoryGb >= 64', { key: 'memoryGb', operator: 'atLeast', value: 64 }],
    ['vendor=Dell', { key: 'vendor', operator: 'is', value: 'Dell' }],
    ['site != lab-2', { key: 'site', operator: 'isNot', value: 'lab-2' }],
    ['model ~ R7', { key: 'model', operator: 'contains', value: 'R7' }],
    ['bmc', { key: 'bmc', operator: 'exists', value: null }],
  ] as const)('reads %s and writes it again', (text, need) => {
    expect(readNeed(text)).toEqual(need);
    expect(readNeed(needText(need))).toEqual(need);
  });

  it.each(['', '= Dell', 'memoryGb >= much', 'two words'])('does not guess at “%s”', (text) => expect(readNeed(text)).toBeUndefined());
});
