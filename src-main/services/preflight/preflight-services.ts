import type { ErrorData } from '../../../src-shared/contract/errors.ts';
import type { Discovery, TestData } from '../../../src-shared/model/test-data.ts';
import type { PreflightReason } from '../../../src-shared/model/preflight.ts';
import type { ProvisioningChoice } from '../../../src-shared/model/recipe.ts';
import type { Settings } from '../../../src-shared/model/system.ts';
import type { Clock } from '../../clock.ts';
import type { WritableStore } from '../../store/handle.ts';
import type { SutRow } from '../../store/suts.ts';

/** What can be asked about test data without looking for long. */
export interface KnownTestData {
  find(id: string): TestData | undefined;
  /** Bytes of a revision of these test data; undefined when they have no such revision. */
  sizeOf(id: string, revision: string): number | undefined;
  /** What discovery found before; never looks now. */
  known(revision: string, suiteName: string): Promise<Discovery | undefined>;
}

/** SUTs that a run is to have, and who starts it. */
export interface HoldWish {
  suts: readonly Pick<SutRow, 'id' | 'name'>[];
  starter: string;
  /** Whether what the starter does not hold yet is to be reserved for the run. */
  reserve: boolean;
  /** How long the run is expected to take; null without history. */
  expectedMs: number | null;
}

export interface HoldReasons {
  /** Why the starter may not have these SUTs now, a reason a SUT; empty = may. */
  reasons(wish: HoldWish): ErrorData['reasons'];
}

/** Machines that a run is to bring into a wanted state, and the revision that recipes are looked for in. */
export interface ProvisioningWish {
  choice: ProvisioningChoice;
  /** Null: only built-in ones. */
  revision: string | null;
  suts: readonly SutRow[];
}

/** What the checks that a start makes as well need; compose.ts joins it. */
export interface CheckServices {
  store: WritableStore;
  clock: Clock;
  /** Folder of all run folders. */
  runsFolder: string;
  testData: KnownTestData;
  holds: HoldReasons;
  /** Why these machines cannot be provisioned like this; empty = can. */
  provisioningReasons(wish: ProvisioningWish): Promise<PreflightReason[]>;
  settings(): Pick<Settings, 'defaultTimeLimitMs'>;
  /** Bytes that can be written below this folder; null when the system does not tell. */
  freeBytes(folder: string): Promise<number | null>;
}
