import { describe, expect, it } from 'vitest';
import { allCases, caseKey, selectionOf } from './select-cases.ts';

const suites = [
  { path: 'lab/01__fan_speed.robot', cases: ['Turns', 'Stops [loud]*'] },
  { path: 'power.robot', cases: ['Turns'] },
];

describe('what is chosen of an outline', () => {
  it('is everything where all is chosen', () => {
    expect(selectionOf(suites, new Set(allCases(suites))).tests).toEqual([]);
  });
  it('names a case by its suite and itself, patterns taken as they are written', () => {
    const chosen = new Set([caseKey('lab/01__fan_speed.robot', 'Stops [loud]*'), caseKey('power.robot', 'Turns')]);
    expect(selectionOf(suites, chosen).tests).toEqual(['*.fan speed.Stops [[]loud][*]', '*.power.Turns']);
  });
});
