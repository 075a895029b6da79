import { useRef, useState } from 'react';
import type { Run } from '../../../src-shared/model/run.ts';
import { client } from '../../bridge/client.ts';
import type { CaseTree } from './model/case-tree.ts';
import { requestOf, type Draft } from './model/draft.ts';
import { refusalOf, type Refusal } from './model/refusal.ts';

interface Start {
  readonly start: () => Promise<Run | null>;
  readonly busy: boolean;
  /** Until the draft changes: then it may no longer be true. */
  readonly refusal: Refusal | null;
}

interface Wanted {
  readonly testDataId: string;
  readonly tree: CaseTree | null;
}

export function useStart(draft: Draft, { testDataId, tree }: Wanted): Start {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ readonly draft: Draft; readonly refusal: Refusal } | null>(null);
  const asked = useRef<{ readonly draft: Draft; readonly requestKey: string } | null>(null);
  const start = async (): Promise<Run | null> => {
    // The same draft asked again after a lost answer is the same run; a changed one is another.
    if (asked.current?.draft !== draft) asked.current = { draft, requestKey: crypto.randomUUID() };
    const { requestKey } = asked.current;
    setBusy(true);
    setRefused(null);
    try {
      return await client.runs.start(requestOf(draft, { testDataId, tree, requestKey }));
    } catch (error) {
      setRefused({ draft, refusal: refusalOf(error, draft.suts) });
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { start, busy, refusal: refused?.draft === draft ? refused.refusal : null };
}
