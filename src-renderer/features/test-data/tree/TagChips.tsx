import { useState, type ReactElement } from 'react';
import type { Discovery } from '../../../../src-shared/model/test-data.ts';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import { normalTag } from '../model/filter.ts';

interface Props {
  readonly tags: Discovery['tags'];
  readonly chosen: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}

/** Chips shown until one asks for all: two lines of usual tags. */
const FEW = 7;

/** Tags narrow the tree to cases that have all the chosen ones; the most used stand first. */
export function TagChips({ tags, chosen, onChange }: Props): ReactElement | null {
  const [all, setAll] = useState(false);
  if (tags.length === 0) return null;
  const wanted = new Set(chosen.map(normalTag));
  const isChosen = ({ tag }: { readonly tag: string }): boolean => wanted.has(normalTag(tag));
  const sorted = tags.toSorted((a, b) => b.count - a.count);
  const shown = all ? sorted : sorted.filter((entry, place) => place < FEW || isChosen(entry));
  const turn = (tag: string): void => {
    const rest = chosen.filter((each) => normalTag(each) !== normalTag(tag));
    onChange(rest.length === chosen.length ? [...chosen, tag] : rest);
  };
  return (
    <div className="tag-chips" role="group" aria-label="Tags">
      {shown.map((entry) => (
        <button
          key={entry.tag}
          type="button"
          className={`chip ${isChosen(entry) ? 'set' : 'tag'}`}
          aria-pressed={isChosen(entry)}
          onClick={() => turn(entry.tag)}
        >
          <span className="ellipsis">{entry.tag}</span> <span className="figures">{formatCount(entry.count)}</span>
        </button>
      ))}
      {sorted.length > shown.length || all ? (
        <Button variant="quiet" small expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer tags' : `${formatCount(sorted.length - shown.length)} more`}
        </Button>
      ) : null}
    </div>
  );
}
