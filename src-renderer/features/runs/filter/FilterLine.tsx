import { useEffect, useState, type ReactElement } from 'react';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { SearchField } from '../../../kit/SearchField.tsx';
import { useRuns } from '../../../state/runs.ts';
import { ChoiceFilter } from './ChoiceFilter.tsx';
import { TimeFilter } from './TimeFilter.tsx';
import type { Filter } from './run-filter.ts';
import type { ChangeFilter } from './use-filter.ts';
import { VerdictFilter } from './VerdictFilter.tsx';

interface Props {
  readonly filter: Filter;
  readonly change: ChangeFilter;
  readonly facets: Readonly<Record<string, number>>;
}

/** Typing asks the harness when it pauses for this long, in milliseconds. */
const PAUSE = 120;

export function FilterLine({ filter, change, facets }: Props): ReactElement {
  const settled = useRuns((state) => state.settled);
  const active = useRuns((state) => state.active.size);
  const { data } = useCall((signal) => client.runs.filterChoices(undefined, { signal }), [settled, active]);
  const [text, setText] = useText(filter.text, change);
  return (
    <div className="filter-line run-filters" role="search" aria-label="Filter runs">
      <SearchField slash placeholder="Name, test, message" value={text} onChange={setText} />
      <TimeFilter filter={filter} change={change} />
      <ChoiceFilter label="Name" value={filter.name} choices={data?.names ?? []} onChange={(name) => change({ name })} />
      <ChoiceFilter label="SUT" value={filter.sut} choices={data?.suts ?? []} onChange={(sut) => change({ sut })} />
      <ChoiceFilter
        label="Condition"
        value={filter.condition}
        choices={data?.conditions ?? []}
        onChange={(condition) => change({ condition })}
      />
      <ChoiceFilter
        label="Started by"
        value={filter.startedBy}
        choices={data?.startedBy ?? []}
        onChange={(startedBy) => change({ startedBy })}
      />
      <span className="grow" />
      <VerdictFilter facets={facets} value={filter.outcome} onChange={(outcome) => change({ outcome })} />
    </div>
  );
}

/** What is typed shows at once, and filters when the typing pauses. */
function useText(value: string, change: ChangeFilter): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => {
      change({ text: typed });
      setTyped(null);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed, change]);
  return [typed ?? value, setTyped];
}
