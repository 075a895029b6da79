import type { Cause, RunState, Verdict } from '../model/run-states.ts';

/** The fixed words of the workbench: one a thing, the same on every face. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  passed: 'Passed',
  failed: 'Failed',
  error: 'Error',
  stopped: 'Stopped',
  lost: 'Lost',
};

export const STATE_WORDS: Readonly<Record<RunState, string>> = {
  queued: 'Queued',
  preparing: 'Preparing',
  provisioning: 'Provisioning',
  executing: 'Executing',
  tearingDown: 'Tearing down',
  collecting: 'Collecting',
  ended: 'Ended',
};

export const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  infrastructure: 'infrastructure',
  configuration: 'configuration',
  testData: 'test data',
  timeout: 'time limit',
  internal: 'the workbench itself',
};
