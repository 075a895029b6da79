import { describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, obstaclesOf, requestOf } from './draft.ts';

describe('a draft', () => {
  it('asks for everything when nothing is said', () => {
    expect(obstaclesOf(EMPTY_DRAFT, null)).toEqual([]);
    expect(requestOf(EMPTY_DRAFT, { testDataId: 't', tree: null })).toEqual({
      testDataId: 't',
      selection: { include: [], exclude: [], suites: [], tests: [] },
      suts: [],
      options: { variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 },
    });
  });

  it('names everything that is wrong at once', () => {
    const draft = {
      ...EMPTY_DRAFT,
      condition: { name: ' ', yaml: 'a: 1' },
      variables: 'A:1\nB',
      timeLimit: 'soon',
      silenceLimit: '?',
      robotOptions: '--name "x',
    };
    expect(obstaclesOf(draft, 0).map(({ place }) => place)).toEqual([
      'selection',
      'condition',
      'variables',
      'timeLimit',
      'silenceLimit',
      'robotOptions',
    ]);
  });
});
