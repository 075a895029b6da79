import { describe, expect, it } from 'vitest';
import { BringLimits, bringProblems, bringWords, NOTHING_BROUGHT, PackageName } from './bring-limits.ts';

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
    const limits = { index: false, packages: [], files: true, imageBytes: image.size };
    expect(bringProblems(limits, { libraries: [wheel], image })).toEqual([]);
    expect(bringProblems(limits, { libraries: [named], image })).toEqual([expect.stringContaining('index')]);
    const [problem] = bringProblems({ ...limits, imageBytes: image.size - 1 }, { libraries: [], image });
    expect(problem).toContain('Small');
    expect(bringWords({ index: true, packages: [], files: true, imageBytes: 5_000_000 })).toContain('wheels, images up to');
  });

  it('takes only the packages that its owner names, however they are written, and refuses their neighbours', () => {
    const limits = { index: true, packages: ['robotframework-PythonLibCore', 'requests'], files: false, imageBytes: 0 };
    const by = (requirement: string) => bringProblems(limits, { libraries: [{ from: 'index', requirement }], image: null });
    for (const allowed of ['robotframework_pythonlibcore==4.4', 'Requests[socks] >=2', 'requests; python_version > "3"'])
      expect(by(allowed)).toEqual([]);
    for (const other of ['requests-evil', 'request', '--index-url=x', 'evil; requests'])
      expect(by(other)).toEqual([expect.stringContaining('robotframework-PythonLibCore, requests')]);
    expect(bringWords(limits)).toBe('suites, libraries of its index (robotframework-PythonLibCore, requests)');
    expect(bringProblems({ ...limits, index: false }, { libraries: [named], image: null })).toEqual([
      expect.stringContaining('no libraries by name'),
    ]);
  });

  it('is read as it was said before packages could be named: every one', () => {
    expect(BringLimits.parse({ index: true, files: true, imageBytes: 0 }).packages).toEqual([]);
    expect(PackageName.safeParse('requests==2').success).toBe(false);
    expect(PackageName.safeParse('requests').success).toBe(true);
  });
});
