import type { ReactElement } from 'react';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { EmptyState } from '../../kit/States.tsx';
import { narrowingsOf, NO_FILTER, queryOf, type Filter, type Narrowing } from './filter/run-filter.ts';
import type { ChangeFilter } from './filter/use-filter.ts';

interface Props {
  readonly filter: Filter;
  readonly change: ChangeFilter;
}

interface Way {
  readonly narrowing: Narrowing;
  readonly total: number;
}

/** Nothing matches: says which one of the filters to give up. */
export function NoMatch({ filter, change }: Props): ReactElement {
  const { data } = useCall((signal) => askWays(filter, signal), [filter]);
  const best = data?.toSorted((a, b) => b.total - a.total)[0];
  const way = best !== undefined && best.total > 0 ? best : null;
  return (
    <div className="page-body">
      <EmptyState
        title="No run matches these filters"
        why={
          way === null
            ? 'No single one of them is the reason.'
            : `${formatAmount(way.total, 'run matches', 'runs match')} without ${way.narrowing.words}.`
        }
        actions={
          <>
            {way === null ? null : (
              <Button small onClick={() => change(way.narrowing.without)}>
                Drop {way.narrowing.words}
              </Button>
            )}
            <Button small variant={way === null ? 'outline' : 'quiet'} onClick={() => change(NO_FILTER)}>
              Clear all
            </Button>
          </>
        }
      />
    </div>
  );
}

function askWays(filter: Filter, signal: AbortSignal): Promise<readonly Way[]> {
  const now = Date.now();
  return Promise.all(
    narrowingsOf(filter).map(async (narrowing) => {
      const { total } = await client.runs.list({ ...queryOf({ ...filter, ...narrowing.without }, now), limit: 1 }, { signal });
      return { narrowing, total };
    }),
  );
}
