import type { TestData } from '../../../src-shared/model/test-data.ts';
import { client } from '../../bridge/client.ts';

/** A file as the editor opens it: the caller's draft where there is one, else what the newest revision has. */
export interface OpenedFile {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly base: string;
  /** Of the draft; null when there is none. */
  readonly version: number | null;
  readonly draftSince: number | null;
  /** Why it cannot be changed here; null when it can. */
  readonly refusal: string | null;
}

export async function openFile(testData: TestData, path: string, drafted: boolean): Promise<OpenedFile> {
  const { id, newest } = testData;
  const refusal = testData.archivedAt === null ? null : 'Archived test data are only read. Take them out of the archive to change them.';
  if (drafted) {
    const { draft, text } = await client.editor.draft({ id, path });
    return { id, path, text, base: draft.base, version: draft.version, draftSince: draft.changedAt, refusal };
  }
  const { text, binary, cut } = await client.testData.file({ revision: newest.hash, path });
  const plain = { id, path, text, base: newest.hash, version: null, draftSince: null };
  if (binary) return { ...plain, refusal: 'This is no UTF-8 text, so it cannot be changed here. A run gets it as it is.' };
  return { ...plain, refusal: cut ? 'Only the first 2 MB are shown, so it cannot be changed here. A run gets the whole file.' : refusal };
}
