import type { Draft } from './draft.ts';

interface Kept {
  readonly testDataId: string;
  readonly draft: Draft;
}

let kept: Kept | null = null;

/** What was put together for a run goes over into the form of a new plan: once. */
export function keepForPlan(what: Kept): void {
  kept = what;
}

export function takeForPlan(): Kept | null {
  const taken = kept;
  kept = null;
  return taken;
}
