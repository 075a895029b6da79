import { useEffect, useEffectEvent } from 'react';
import type { Run } from '../../../../src-shared/model/run.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { useHotkeys } from '../../../kit/use-hotkeys.ts';
import type { RecordView } from '../model/record-view.ts';
import type { Place } from '../use-place.ts';

const MOST = 2000;

export interface FailureSteps {
  readonly total: number;
  /** Which failure is selected, from 0; -1 = none. */
  readonly at: number;
  readonly step: (by: 1 | -1) => void;
}

interface Parts {
  readonly run: Run;
  readonly view: RecordView;
  readonly place: Place;
  readonly go: (change: Partial<Place>) => void;
}

/** From failure to failure, in the order in which they happened; the keyword that failed first is what one lands on. */
export function useFailureSteps({ run, view, place, go }: Parts): FailureSteps {
  const { data } = useCall(
    async (signal) => (run.counts.failed === 0 ? null : client.record.failures({ id: run.id, limit: MOST }, { signal })),
    [run.id, run.counts.failed, run.state === 'ended'],
  );
  const places = (data?.failures ?? []).map(({ test, keyword }) => ({ test: test.id, land: (keyword ?? test).id }));
  const at = places.findIndex(({ test, land }) => place.item === land || place.item === test);
  const land = (index: number): void => {
    const target = places[index];
    if (target === undefined) return;
    view.setFollow(false);
    // What is known may be closed: revealing opens what leads to it.
    view.reveal(target.land).catch(() => undefined);
    go({ item: target.land, firstFailure: false, find: '', tab: 'tree' });
  };
  const step = (by: 1 | -1): void => {
    if (places.length === 0) return;
    land(at < 0 ? (by === 1 ? 0 : places.length - 1) : (at + by + places.length) % places.length);
  };
  useHotkeys([
    { keys: ']', label: 'Next failure', run: () => step(1) },
    { keys: '[', label: 'Previous failure', run: () => step(-1) },
  ]);
  const landFirst = useEffectEvent(() => land(0));
  const wanted = place.firstFailure && view.known && places.length > 0;
  useEffect(() => {
    if (wanted) landFirst();
    // Landing takes the wish out of the address, so it happens once.
  }, [wanted]);
  return { total: data?.total ?? 0, at, step };
}
