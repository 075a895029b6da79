import type { Parts } from './api/part.ts';
import { triagePart } from './api/triage.ts';
import { createTriage } from './services/triage/triage.ts';
import type { TriageServices } from './services/triage/triage-services.ts';

/** What happens around runs by itself. */
export function joinAuto(joined: TriageServices): { parts: Pick<Parts, 'triage'>; close: () => void } {
  const triage = createTriage(joined);
  triage.start();
  return { parts: { triage: triagePart(triage) }, close: () => triage.close() };
}
