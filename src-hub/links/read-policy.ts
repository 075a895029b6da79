import { HubHarness } from '../../src-shared/model/hub-directory.ts';

/** What a lab allows, as it said last; null = it has not said, or not so that this version reads it. */
export function readPolicy(policy: string | null): HubHarness['policy'] {
  return policy === null ? null : (HubHarness.shape.policy.safeParse(JSON.parse(policy)).data ?? null);
}
