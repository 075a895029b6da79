import { formatAmount, formatBytes } from '../../../src-shared/text/quantities.ts';
import { fine, type Check } from './check.ts';

interface EnvironmentCheckServices {
  /** Removes those that nobody uses and that were last used before, or only says which. */
  clean: (wanted: { unusedSince: number; dryRun: boolean }) => Promise<{ removed: { lockHash: string }[]; freed: number }>;
}

const DAY_MS = 24 * 3600_000;
const UNUSED_DAYS = 30;

/** Environments of libraries that no test data, plan or run needs any more. */
export const environments = ({ clean }: EnvironmentCheckServices): Check => ({
  number: 22,
  id: 'environments',
  title: 'Environments left over',
  group: 'computer',
  look: async () => {
    const unusedSince = Date.now() - UNUSED_DAYS * DAY_MS;
    const { removed, freed } = await clean({ unusedSince, dryRun: true });
    if (removed.length === 0) return fine(`none that nobody has used for ${UNUSED_DAYS} days`);
    const what = formatAmount(removed.length, 'environment');
    return {
      outcome: 'warning',
      detail: `${what}, ${formatBytes(freed)}, not used for ${UNUSED_DAYS} days by anything that is known here`,
      repair: 'Remove them: what needs one again builds it again.',
      remedy: {
        verb: `Remove ${what}`,
        does: `Removes ${what} and frees ${formatBytes(freed)}. Each is built again by the next run that needs it, which takes some seconds to minutes.`,
        hurts: null,
        perform: async () => {
          const done = await clean({ unusedSince, dryRun: false });
          return `${formatAmount(done.removed.length, 'environment')} removed, ${formatBytes(done.freed)} freed.`;
        },
      },
    };
  },
});
