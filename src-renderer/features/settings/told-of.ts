import type { ToldOf } from '../../../src-shared/model/notification.ts';

/** What a run is told for, in the words of the page, after “a run that”. */
export const TOLD_OF: Readonly<Record<ToldOf, string>> = {
  failed: 'failed or broke',
  regressed: 'failed after one that passed',
  fixed: 'passed after one that failed',
  always: 'ended, however',
};
