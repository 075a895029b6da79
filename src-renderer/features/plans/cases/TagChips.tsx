import { useState, type ReactElement } from 'react';
import type { Discovery } from '../../../../src-shared/model/test-data.ts';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import type { Draft } from '../model/draft.ts';
import type { ChangeDraft } from '../use-draft.ts';

interface Props {
  readonly tags: Discovery['tags'];
  readonly draft: Draft;
  readonly change: ChangeDraft;
}

const FEW = 8;

/** The tags that occur, the most used first: one press takes only cases with it, or with any of those set. */
export function TagChips({ tags, draft, change }: Props): ReactElement | null {
  const [all, setAll] = useState(false);
  if (tags.length === 0) return null;
  const sorted = tags.toSorted((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
  const shown = all ? sorted : sorted.slice(0, FEW);
  const press = (tag: string): void =>
    change({ include: draft.include.includes(tag) ? draft.include.filter((one) => one !== tag) : [...draft.include, tag] });
  return (
    <div className="row tight wrap tag-chips" role="group" aria-label="Include by tag">
      {shown.map(({ tag, count }) => {
        const on = draft.include.includes(tag);
        return (
          <button key={tag} type="button" className={`chip ${on ? 'set' : 'tag'}`} aria-pressed={on} onClick={() => press(tag)}>
            <span className="ellipsis">{tag}</span> <span className="figures">{formatCount(count)}</span>
          </button>
        );
      })}
      {sorted.length > FEW ? (
        <button type="button" className="chip tag" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `${formatCount(sorted.length - FEW)} more`}
        </button>
      ) : null}
    </div>
  );
}
