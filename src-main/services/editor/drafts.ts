import type { DraftResult } from '../../../src-shared/contract/harness/editor.ts';
import type { Draft } from '../../../src-shared/model/editor.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import { deleteDraft, findDraft, listDrafts, putDraft } from '../../store/drafts.ts';
import type { WritableStore } from '../../store/handle.ts';
import { findTestData } from '../../store/test-data.ts';
import type { Caller } from '../caller.ts';

export interface DraftServices {
  store: WritableStore;
  clock: Clock;
}

interface InFile {
  id: string;
  path: string;
  caller: Caller;
}

export function readDrafts({ store }: DraftServices, { id, caller }: { id?: string | undefined; caller: Caller }): Draft[] {
  return listDrafts(store, caller.user, id);
}

export function readDraft({ store }: DraftServices, file: InFile): { draft: Draft; text: string } {
  const found = findDraft(store, keyOf(file));
  if (found === undefined) throw new WorkbenchError('NOT_FOUND', `There is no draft of ${file.path}.`);
  return found;
}

/** Durable when it answers. A window that changed another version than the newest writes nothing and is told what the newest says. */
export function saveDraft(services: DraftServices, request: InFile & { base: string; text: string; expected: number | null }): DraftResult {
  const { store, clock } = services;
  if (findTestData(store, request.id) === undefined) throw new WorkbenchError('NOT_FOUND', 'These test data do not exist any more.');
  return store.transaction((): DraftResult => {
    const found = findDraft(store, keyOf(request));
    if ((found?.draft.version ?? null) !== request.expected) {
      return { type: 'other', draft: found?.draft ?? null, text: found?.text ?? null };
    }
    const { id: testDataId, path, base, caller } = request;
    const draft: Draft = { testDataId, path, base, by: caller.user, version: (request.expected ?? 0) + 1, changedAt: clock.now() };
    putDraft(store, draft, request.text);
    return { type: 'saved', draft };
  })();
}

export function discardDraft({ store }: DraftServices, file: InFile & { version?: number | undefined }): { discarded: boolean } {
  return store.transaction(() => {
    const found = findDraft(store, keyOf(file));
    if (found === undefined || (file.version !== undefined && found.draft.version !== file.version)) return { discarded: false };
    deleteDraft(store, keyOf(file));
    return { discarded: true };
  })();
}

function keyOf({ id, path, caller }: InFile) {
  return { testDataId: id, person: caller.user, path };
}
