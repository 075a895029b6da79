import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import { discardDraft, readDraft, readDrafts, saveDraft } from '../services/editor/drafts.ts';
import { findInFiles } from '../services/editor/find-in-files.ts';
import type { TestDataServices } from '../services/test-data/test-data-services.ts';
import type { Part } from './part.ts';

export function editorPart(services: TestDataServices): Part<'editor'> {
  const procedures = implement(harnessContract.editor).$context<ApiContext>();
  return {
    drafts: procedures.drafts.handler(({ input, context }) => readDrafts(services, { ...input, caller: context.caller })),
    draft: procedures.draft.handler(({ input, context }) => readDraft(services, { ...input, caller: context.caller })),
    saveDraft: procedures.saveDraft.handler(({ input, context }) => saveDraft(services, { ...input, caller: context.caller })),
    discardDraft: procedures.discardDraft.handler(({ input, context }) => discardDraft(services, { ...input, caller: context.caller })),
    find: procedures.find.handler(({ input, context, signal }) => findInFiles(services, { ...input, caller: context.caller, signal })),
  };
}
