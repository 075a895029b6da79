import type { RevisionSource, TestDataLink } from '../../../../src-shared/model/test-data.ts';

/** Where a revision came from, in a line: `delivery.zip`, `main of https://…, 3f2a1bc`, `edited here`. */
export function sourceText({ kind, place, ref, commit, subfolder }: RevisionSource): string {
  if (kind === 'edit') return 'edited here';
  if (kind === 'restore') return place === '' ? 'an older one, restored' : `restored from ${place}`;
  if (kind === 'sample') return 'the sample';
  if (kind === 'copy') return `copy of ${place}`;
  if (kind !== 'git') return place;
  const where = subfolder === null ? place : `${place}, ${subfolder}`;
  const at = commit === null ? '' : `, ${commit.slice(0, 7)}`;
  return `${ref === null ? '' : `${ref} of `}${where}${at}`;
}

/** What test data follow: a folder, or a branch of a repository. */
export function linkText({ kind, place, ref }: Pick<TestDataLink, 'kind' | 'place' | 'ref'>): string {
  return kind === 'git' && ref !== null ? `${ref} of ${place}` : place;
}

/** How much is newer there: `2 added, 1 changed`, or the commit. */
export function newerText({ newer }: Pick<TestDataLink, 'newer'>): string {
  if (newer === null) return '';
  if (newer.commit !== null) return `commit ${newer.commit.slice(0, 7)}`;
  const parts = [
    [newer.added, 'added'],
    [newer.changed, 'changed'],
    [newer.removed, 'removed'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}
