import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { RecordDelta } from '../../../src-shared/model/record.ts';
import { client } from '../../bridge/client.ts';
import { pageClock, useFeed } from '../../bridge/use-feed.ts';
import { RecordView } from './model/record-view.ts';

/** The record of a run, followed from its beginning to its end. */
export function useRecord(id: string): RecordView {
  const view = useMemo(() => new RecordView(id, client.record, pageClock.schedule), [id]);
  useFeed<RecordDelta>(
    {
      open: (signal) => client.record.follow({ id, ...(view.cursor === undefined ? {} : { cursor: view.cursor }) }, { signal }),
      apply: (deltas) => view.take(deltas),
      ends: true,
    },
    [id],
  );
  return view;
}

/** Renders again whenever the view has changed; answers its version. */
export function useVersion(view: RecordView): number {
  const version = useSyncExternalStore(view.subscribe, view.version);
  useEffect(() => {
    if (view.known) performance.mark('atn:record-shown');
  }, [view, version]);
  return version;
}
