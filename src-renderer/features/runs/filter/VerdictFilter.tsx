import type { ReactElement } from 'react';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { MARK_WORDS } from '../../../kit/marks.ts';
import { Segments } from '../../../kit/Segments.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import { OUTCOMES, type Outcome } from './run-filter.ts';

interface Props {
  readonly facets: Readonly<Record<string, number>>;
  readonly value: Outcome | null;
  readonly onChange: (outcome: Outcome | null) => void;
}

const ALL = 'all';

/** How the runs that match came out; pressing takes only those. */
export function VerdictFilter({ facets, value, onChange }: Props): ReactElement {
  const sum = Object.values(facets).reduce((total, count) => total + count, 0);
  const segments = [
    { value: ALL, label: `All ${formatCount(sum)}`, name: `All ${formatCount(sum)}` },
    ...OUTCOMES.map((outcome) => {
      const count = formatCount(facets[outcome] ?? 0);
      return {
        value: outcome,
        label: (
          <>
            <VerdictIcon mark={outcome} decorative />
            <span className="figures">{count}</span>
          </>
        ),
        name: `${MARK_WORDS[outcome]} ${count}`,
      };
    }),
  ];
  return (
    <Segments<Outcome | typeof ALL>
      label="Verdict"
      value={value ?? ALL}
      segments={segments as readonly { value: Outcome | typeof ALL; label: ReactElement | string; name: string }[]}
      onChange={(next) => onChange(next === ALL ? null : next)}
    />
  );
}
