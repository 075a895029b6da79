import type { LibraryRef } from '../../../src-shared/model/library.ts';
import type { PlanOrder } from '../../../src-shared/model/plan.ts';
import type { ProvisioningChoice } from '../../../src-shared/model/recipe.ts';
import type { PlanBinding, RunOptions } from '../../../src-shared/model/run.ts';
import type { SutNeeds } from '../../../src-shared/model/sut-needs.ts';
import type { Selection } from '../../../src-shared/model/test-data.ts';

export interface WantedCondition {
  /** Null: it came with the request, as YAML. */
  id: string | null;
  name: string;
  /** All variables that are no secrets. */
  yaml: string;
  /** Variable name to the reference of its secret. */
  secrets: Record<string, string>;
  /** Secrets that nothing is stored for. */
  missing: string[];
  /** Why it cannot be used. */
  problem: string | null;
}

/** A run that somebody wants, every part of it settled: a new one, or one again. */
export interface WantedRun {
  name: string | undefined;
  plan: PlanBinding | null;
  testDataId: string;
  /** Newest when undefined. */
  revision: string | undefined;
  selection: Selection;
  order: PlanOrder;
  /** The set that the plan names; null: what is attached to the test data. */
  libraries: LibraryRef[] | null;
  suts: readonly string[];
  sutNeeds: SutNeeds | null;
  condition: WantedCondition | null;
  options: RunOptions;
  retryTimes: number;
  /** Null: machines are taken as they are. */
  provisioning: ProvisioningChoice | null;
  startedBy: string;
}
