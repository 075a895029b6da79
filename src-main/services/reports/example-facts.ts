import type { RunFacts } from '@atn/run-record/forms';

/** Of a run in tests. */
export const exampleFacts: RunFacts = {
  id: 'run-1',
  name: 'Nightly <b>',
  at: Date.UTC(2026, 10, 22, 19, 5, 10),
  verdict: 'failed',
  suts: ['rack-1'],
  condition: 'uefi',
  plan: null,
  startedBy: 'ada',
  harness: 'lab-1',
  happened: null,
};
