import { conditionsPart } from './api/conditions.ts';
import type { Parts } from './api/part.ts';
import { plansPart } from './api/plans.ts';
import { preflightPart } from './api/preflight.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { RunServices } from './services/runs/run-services.ts';
import type { SecretStore } from './services/secrets/secret-store.ts';
import type { WritableStore } from './store/handle.ts';

interface Joined {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  secrets: SecretStore;
  runs: RunServices;
}

/** Plans, conditions, and the check of what somebody wants to run. */
export function joinPlans({ runs, ...joined }: Joined): Pick<Parts, 'plans' | 'conditions' | 'preflight'> {
  const hasRevision = (testDataId: string, revision: string) => runs.testData.sizeOf(testDataId, revision) !== undefined;
  const libraryNames = { nameOf: () => undefined, idOf: () => undefined };
  return {
    plans: plansPart({ ...joined, hasRevision, libraryNames }),
    conditions: conditionsPart(joined),
    preflight: preflightPart({ ...runs, slow: [] }),
  };
}
