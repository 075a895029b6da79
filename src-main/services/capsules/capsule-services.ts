import type { ContentStore } from '@atn/content-store';
import type { ConditionServices } from '../conditions/condition-services.ts';
import type { EnvironmentServices } from '../environments/environment-services.ts';
import type { LibraryServices } from '../libraries/library-services.ts';
import type { PlanServices } from '../plans/plan-services.ts';
import type { RunServices } from '../runs/run-services.ts';
import type { TestDataServices } from '../test-data/test-data-services.ts';

/** What every use case of this folder works with. */
export interface CapsuleServices {
  runs: RunServices;
  content: ContentStore;
  scratch: string;
  harnessName: () => string;
  environments: EnvironmentServices;
  libraries: LibraryServices;
  testData: TestDataServices;
  plans: PlanServices;
  conditions: ConditionServices;
}
