import { describe, expect, it } from 'vitest';
import { saveRevision } from '../test-data/save-revision.ts';
import { ada, bench, folderWith, refusalOf, SUITE } from '../test-data/test-bench.ts';
import { discardDraft, readDraft, readDrafts, saveDraft } from './drafts.ts';

const bob = { user: 'bob', origin: 'desktop' } as const;

async function started() {
  const here = bench();
  const { testData } = await here.import(folderWith({ 'a.robot': SUITE }), { name: 'Nightly' });
  const file = { id: testData.id, path: 'a.robot', caller: ada };
  const save = (text: string, expected: number | null, caller: typeof ada = ada) =>
    saveDraft(here.services, { ...file, caller, base: testData.newest.hash, text, expected });
  return { ...here, file, save };
}

describe('drafts', () => {
  it('keep what was typed, each person her own', async () => {
    const { services, file, save } = await started();
    expect(save('one', null)).toMatchObject({ type: 'saved', draft: { version: 1, by: 'ada' } });
    expect(save('two', 1)).toMatchObject({ type: 'saved', draft: { version: 2 } });
    expect(save('from bob', null, bob)).toMatchObject({ type: 'saved', draft: { version: 1, by: 'bob' } });
    expect(readDraft(services, file).text).toBe('two');
    expect(readDrafts(services, { caller: bob })).toHaveLength(1);
  });
  it('refuse what another window does not know, and say what there is', async () => {
    const { services, file, save } = await started();
    save('window one', null);
    expect(save('window two', null)).toMatchObject({ type: 'other', text: 'window one', draft: { version: 1 } });
    expect(readDraft(services, file).text).toBe('window one');
    expect(discardDraft(services, { ...file, version: 7 })).toEqual({ discarded: false });
    expect(discardDraft(services, { ...file, version: 1 })).toEqual({ discarded: true });
    expect(save('late', 1)).toEqual({ type: 'other', draft: null, text: null });
  });
  it('stay when somebody saves a revision', async () => {
    const { services, file, save } = await started();
    const saved = save('mine', null);
    if (saved.type !== 'saved') throw new Error('not saved');
    const changes = [{ kind: 'write', path: 'a.robot', text: 'theirs' }] as const;
    await saveRevision(services, { id: file.id, base: saved.draft.base, changes, message: '', caller: bob, look: false });
    expect(readDraft(services, file)).toMatchObject({ text: 'mine', draft: { base: saved.draft.base } });
  });
  it('are refused for test data that are gone', async () => {
    const { services, file } = await started();
    const refused = await refusalOf(
      Promise.resolve().then(() => saveDraft(services, { ...file, id: 'gone', base: 'x', text: '', expected: null })),
    );
    expect(refused.code).toBe('NOT_FOUND');
  });
});
