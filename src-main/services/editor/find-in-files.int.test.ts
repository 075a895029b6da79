import { describe, expect, it } from 'vitest';
import type { FindEvent } from '../../../src-shared/contract/harness/editor.ts';
import type { FindQuery } from '../../../src-shared/model/editor.ts';
import { ada, bench, folderWith, refusalOf, SUITE } from '../test-data/test-bench.ts';
import { saveDraft } from './drafts.ts';
import { findInFiles } from './find-in-files.ts';

async function started(files: Record<string, string>) {
  const here = bench();
  const { testData } = await here.import(folderWith(files), { name: 'Nightly' });
  const find = async (query: Partial<FindQuery> & { text: string }) => {
    const events: FindEvent[] = [];
    const full = { regex: false, matchCase: false, wholeWord: false, files: '', ...query };
    for await (const event of findInFiles(here.services, { ...full, id: testData.id, caller: ada, signal: undefined })) events.push(event);
    const found = events.flatMap((event) => (event.type === 'found' ? event.files : []));
    const done = events.find((event) => event.type === 'done');
    return { found, done };
  };
  return { ...here, testData, find };
}

describe('find in files', () => {
  it('looks through every text file, drafts over what is saved', async () => {
    const files = { 'a.robot': SUITE, 'lib/b.py': 'def log(): pass\n', 'c.bin': 'log\0log' };
    const { services, testData, find } = await started(files);
    saveDraft(services, { id: testData.id, path: 'a.robot', caller: ada, base: testData.newest.hash, text: 'Typed Log\n', expected: null });
    const { found, done } = await find({ text: 'log' });
    expect(found.map(({ path, draft, lines }) => [path, draft, lines[0]?.line])).toEqual([
      ['a.robot', true, 1],
      ['lib/b.py', false, 1],
    ]);
    expect(done).toEqual({ type: 'done', lines: 2, files: 2, cut: null });
    expect((await find({ text: 'log', files: '*.py' })).found).toHaveLength(1);
  });
  it('ends a pattern that never ends, and goes on', async () => {
    const { find } = await started({ 'a.robot': SUITE, 'b.txt': `${'a'.repeat(60)}!` });
    const { done } = await find({ text: '(a+)+$', regex: true });
    expect(done).toMatchObject({ cut: expect.stringContaining('takes too long') as string });
    expect((await find({ text: 'log' })).found).toHaveLength(1);
  }, 20_000);
  it('refuses a broken pattern with what is wrong in it', async () => {
    const { find } = await started({ 'a.robot': SUITE });
    const refused = await refusalOf(find({ text: '(', regex: true }));
    expect(refused.code).toBe('BAD_REQUEST');
    expect(refused.message).toContain('not a regular expression');
  });
});
