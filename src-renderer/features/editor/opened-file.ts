import { client } from '../../bridge/client.ts';

/** A file as the editor opens it: the caller's draft where there is one, else what the newest revision has. */
export interface OpenedFile {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly base: string;
  /** Of the draft; null when there is none. */
  readonly version: number | null;
  /** Why it cannot be changed here; null when it can. */
  readonly refusal: string | null;
}

/** Asks for what holds now: what the page has heard of may be a moment old. */
export async function openFile(id: string, path: string): Promise<OpenedFile> {
  const [{ testData }, drafts] = await Promise.all([client.testData.get({ id }), client.editor.drafts({ id })]);
  const refusal = testData.archivedAt === null ? null : 'Archived test data are only read. Take them out of the archive to change them.';
  if (drafts.some((draft) => draft.path === path)) {
    const { draft, text } = await client.editor.draft({ id, path });
    return { id, path, text, base: draft.base, version: draft.version, refusal };
  }
  const revision = testData.newest.hash;
  const { text, binary, cut } = await client.testData.file({ revision, path });
  const plain = { id, path, text, base: revision, version: null };
  if (binary) return { ...plain, refusal: 'This is no UTF-8 text, so it cannot be changed here. A run gets it as it is.' };
  return { ...plain, refusal: cut ? 'Only the first 2 MB are shown, so it cannot be changed here. A run gets the whole file.' : refusal };
}
