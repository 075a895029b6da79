import { useState } from 'react';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import type { Problem } from '../../../kit/problem.ts';

interface AddLibrary {
  /** From the index into the registry, and into the set of the test data. */
  readonly add: (requirement: string) => Promise<unknown>;
  readonly attach: (libraryId: string) => Promise<unknown>;
  readonly busy: boolean;
  /** What it does now. */
  readonly said: string | null;
  readonly problem: Problem | null;
}

export function useAddLibrary(testDataId: string, onChanged: () => void): AddLibrary {
  const [said, setSaid] = useState<string | null>(null);
  const attach = useAction(async (libraryId: string) => {
    await client.libraries.attach({ testDataId, libraryId });
    onChanged();
  });
  const add = useAction(async (requirement: string) => {
    try {
      for await (const event of await client.libraries.add({ from: 'requirement', requirement })) {
        if (event.type === 'progress') setSaid(event.progress.step);
        else await client.libraries.attach({ testDataId, libraryId: event.library.id });
      }
      onChanged();
    } finally {
      setSaid(null);
    }
  });
  return { add: add.run, attach: attach.run, busy: add.busy || attach.busy, said, problem: add.problem ?? attach.problem };
}
