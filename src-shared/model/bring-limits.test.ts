import { describe, expect, it } from 'vitest';
import { bringProblems, bringWords, NOTHING_BROUGHT } from './bring-limits.ts';

const image = { sha256: 'a'.repeat(64), size: 5_000_000, name: 'Small', recipe: 'virtual-media', when: 'always' as const };
const wheel = { from: 'file' as const, sha256: 'b'.repeat(64), size: 10, fileName: 'a-1-py3-none-any.whl' };
const named = { from: 'index' as const, requirement: 'robotframework-pythonlibcore' };

describe('what a lab lets people bring', () => {
  it('is nothing but suites until its owner says otherwise, and every reason is said at once', () => {
    expect(bringProblems(NOTHING_BROUGHT, { libraries: [], image: null })).toEqual([]);
    expect(bringProblems(NOTHING_BROUGHT, { libraries: [wheel, named], image })).toHaveLength(3);
    expect(bringWords(NOTHING_BROUGHT)).toBe('suites only');
  });

  it('counts each kind by itself, and an image by its size', () => {
    const limits = { index: false, files: true, imageBytes: image.size };
    expect(bringProblems(limits, { libraries: [wheel], image })).toEqual([]);
    expect(bringProblems(limits, { libraries: [named], image })).toEqual([expect.stringContaining('index')]);
    const [problem] = bringProblems({ ...limits, imageBytes: image.size - 1 }, { libraries: [], image });
    expect(problem).toContain('Small');
    expect(bringWords({ index: true, files: true, imageBytes: 5_000_000 })).toContain('wheels, images up to');
  });
});
