import type { Parts } from './api/part.ts';
import { retentionPart } from './api/retention.ts';
import { triagePart } from './api/triage.ts';
import { createRetention } from './services/retention/retention.ts';
import type { RetentionServices } from './services/retention/retention-services.ts';
import { createTriage } from './services/triage/triage.ts';

/** What happens around runs by itself. */
export function joinAuto(joined: RetentionServices): { parts: Pick<Parts, 'triage' | 'retention'>; close: () => void } {
  const triage = createTriage(joined);
  triage.start();
  const retention = createRetention(joined);
  retention.start();
  return {
    parts: { triage: triagePart(triage), retention: retentionPart(retention) },
    close: () => {
      triage.close();
      retention.close();
    },
  };
}
