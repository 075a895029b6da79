import { bringWords, NOTHING_BROUGHT } from '../../src-shared/model/bring-limits.ts';
import type { HubHarness } from '../../src-shared/model/hub-directory.ts';

/** What a lab lets people bring, as it said last: `takes suites, wheels`. */
export function takesWords(policy: HubHarness['policy']): string {
  return policy?.runs === false ? 'runs no suites of remote people' : `takes ${bringWords(policy?.bring ?? NOTHING_BROUGHT)}`;
}
