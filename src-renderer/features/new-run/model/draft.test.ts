import { describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, obstaclesOf, requestOf } from './draft.ts';
import { refusalOf } from './refusal.ts';

describe('a draft', () => {
  it('asks for everything when nothing is said', () => {
    expect(obstaclesOf(EMPTY_DRAFT, null)).toEqual([]);
    expect(requestOf(EMPTY_DRAFT, { testDataId: 't', tree: null, requestKey: 'k' })).toEqual({
      testDataId: 't',
      requestKey: 'k',
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

describe('a refusal', () => {
  const refuse = (code: string, reasons: unknown[]): Error =>
    Object.assign(new Error('The run cannot start.'), { code, data: { correlationId: 'c', details: [], reasons } });

  it('keeps every reason with where it is repaired', () => {
    const { obstacles, problem } = refusalOf(
      refuse('PREFLIGHT_FAILED', [
        { code: 'NOT_RESERVED', message: 'r760-02 is reserved by Priya. Ask for it.', subject: 'r760-02' },
        { code: 'BAD_REQUEST', message: 'The condition is broken. Line 2: no colon', subject: 'condition' },
        { code: 'NOT_FOUND', message: 'firmware has no revision aaaa.', subject: 'a'.repeat(64) },
        { code: 'DISK_FULL', message: 'The disk has 1 MB left; a run needs 70 MB. Free some.', subject: '/home' },
      ]),
      ['r760-02'],
    );
    expect(problem).toBeNull();
    expect(obstacles).toEqual([
      { place: 'suts', sut: 'r760-02', title: 'r760-02 is reserved by Priya', why: 'Ask for it.' },
      { place: 'condition', sut: null, title: 'The condition is broken', why: 'Line 2: no colon' },
      { place: 'revision', sut: null, title: 'firmware has no revision aaaa', why: '' },
      { place: null, sut: null, title: 'The disk has 1 MB left; a run needs 70 MB', why: 'Free some.' },
    ]);
  });

  it('shows what is no refusal as it is', () => {
    expect(refusalOf(refuse('TIMEOUT', []), []).problem?.code).toBe('TIMEOUT');
    expect(refusalOf(refuse('PREFLIGHT_FAILED', []), []).problem?.code).toBe('PREFLIGHT_FAILED');
  });
});
