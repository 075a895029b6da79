import { Changes } from './changes.ts';
import { createClock } from './clock.ts';
import { createRouter } from './api/router.ts';
import type { Harness, HarnessOptions } from './harness.ts';
import { createLog } from './log.ts';
import { claimHome } from './services/home/claim-home.ts';
import { lastRecordedTime } from './store/last-recorded-time.ts';
import { openStore } from './store/open.ts';
import { pendingPart } from './api/pending.ts';

/** The only place that builds things and joins them: what comes first is what the next ones need. */
export async function composeHarness(options: HarnessOptions): Promise<Harness> {
  const claim = claimHome(options);
  const { layout } = claim;
  try {
    const store = openStore({ file: layout.store, backups: layout.backups, now: Date.now(), nativeBinding: options.nativeBinding });
    const clock = createClock(lastRecordedTime(store.read));
    const log = createLog(layout.logs);
    const changes = new Changes();
    void clock;
    const router = createRouter(
      {
        system: pendingPart('system'),
        testData: pendingPart('testData'),
        suts: pendingPart('suts'),
        runs: pendingPart('runs'),
        record: pendingPart('record'),
        reports: pendingPart('reports'),
      },
      log,
    );
    log.info('the harness is up', { home: layout.home, face: options.face, appVersion: options.appVersion });
    return {
      home: layout.home,
      router,
      changes,
      announce: (address) => Promise.resolve(claim.announce(address)),
      close: () => {
        store.close();
        claim.release();
        return Promise.resolve();
      },
    };
  } catch (error) {
    claim.release();
    throw error;
  }
}
