import type { Parts } from './api/part.ts';
import { interchangePart } from './api/interchange.ts';
import { retentionPart } from './api/retention.ts';
import { triagePart } from './api/triage.ts';
import { importOutput } from './robot/import-output.ts';
import type { Environments } from './services/environments/default-environment.ts';
import type { InterchangeServices } from './services/interchange/interchange-services.ts';
import { createRetention } from './services/retention/retention.ts';
import type { RetentionServices } from './services/retention/retention-services.ts';
import { createTriage } from './services/triage/triage.ts';

type Joined = RetentionServices & Omit<InterchangeServices, 'readOutput'> & { environments: Environments };

/** What happens around runs by itself, and results that come from elsewhere. */
export function joinAuto(joined: Joined): { parts: Pick<Parts, 'triage' | 'retention' | 'interchange'>; close: () => void } {
  const triage = createTriage(joined);
  triage.start();
  const retention = createRetention(joined);
  retention.start();
  const { environments, scripts } = joined;
  const readOutput: InterchangeServices['readOutput'] = async (task) => {
    const { python } = await environments.ensureDefault({ signal: task.signal });
    return importOutput({ ...task, python, scripts });
  };
  return {
    parts: { triage: triagePart(triage), retention: retentionPart(retention), interchange: interchangePart({ ...joined, readOutput }) },
    close: () => {
      triage.close();
      retention.close();
    },
  };
}
