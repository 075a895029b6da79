import type { RunChoice } from '../../kit/addresses.ts';
import { namesOf, type Chosen } from './model/chosen.ts';
import type { CaseItem } from './model/suite-tree.ts';
import type { Revision } from './RevisionView.tsx';

interface Wanted {
  readonly chosen: Chosen;
  readonly tags: readonly string[];
  readonly find: string;
  readonly showsCase: (one: CaseItem) => boolean;
}

/** What a new run takes from here: the ticked, else what the filter leaves, else everything. */
export function choiceOf(of: Pick<Revision, 'tree' | 'revision' | 'testData'>, { chosen, tags, find, showsCase }: Wanted): RunChoice {
  const revision = of.revision.hash === of.testData.newest.hash ? {} : { revision: of.revision.hash };
  if (of.tree.cases.some(({ key }) => chosen.has(key))) return { ...revision, ...namesOf(of.tree, ({ key }) => chosen.has(key)) };
  if (find.trim() !== '' || tags.some((tag) => !isPlainTag(tag))) return { ...revision, ...namesOf(of.tree, showsCase) };
  return { ...revision, include: tags.length === 0 ? [] : [tags.join('AND')] };
}

/** A tag that Robot would not read as a pattern or as several tags. */
function isPlainTag(tag: string): boolean {
  return !/[*?[\]&]|AND|OR|NOT/u.test(tag);
}
