import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decideRetention,
  type KeptRun,
  type RetentionItem,
  type RetentionPolicy,
  type RetentionPreview,
} from '../../../src-shared/model/retention.ts';
import type { Progress } from '../../../src-shared/model/system.ts';
import { WorkbenchError } from '../../errors.ts';
import { listKeptRuns, notePartGone, notePartRemoved } from '../../store/retention.ts';
import { findRun } from '../../store/runs.ts';
import { measureRuns } from './measure-runs.ts';
import { pathsOf } from './run-parts.ts';
import type { RetentionServices } from './retention-services.ts';

const MOST_SHOWN = 500;

export interface LongOptions {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

interface Decided {
  runs: KeptRun[];
  items: RetentionItem[];
  digest: string;
}

async function decide(services: RetentionServices, policy: RetentionPolicy, signal: AbortSignal): Promise<Decided> {
  await measureRuns(services, signal);
  const runs = listKeptRuns(services.store);
  const items = decideRetention(runs, policy, services.clock.now());
  const digest = createHash('sha256')
    .update(items.map(({ runId, part }) => `${runId} ${part}`).join('\n'))
    .digest('hex');
  return { runs, items, digest };
}

export async function previewRetention(
  services: RetentionServices,
  policy: RetentionPolicy,
  signal: AbortSignal,
): Promise<RetentionPreview> {
  const { runs, items, digest } = await decide(services, policy, signal);
  const whole = items.filter(({ part }) => part === 'run').length;
  return {
    digest,
    items: items.slice(0, MOST_SHOWN),
    total: items.length,
    bytes: items.reduce((sum, item) => sum + item.bytes, 0),
    runs: {
      all: runs.length,
      bytes: runs.reduce((sum, { report, record, console, other }) => sum + report + record + console + other, 0),
      kept: runs.length - whole,
      protected: runs.filter(({ isProtected }) => isProtected).length,
    },
  };
}

export interface RetentionOutcome {
  removed: number;
  freed: number;
  /** What could not be removed, a sentence each. */
  troubles: string[];
}

/** Removes what the policy says. With the digest of a preview: exactly what it showed, or nothing. What is marked meanwhile stays. */
export async function applyRetention(
  services: RetentionServices,
  { policy, digest }: { policy: RetentionPolicy; digest: string | null },
  { signal, onProgress }: LongOptions,
): Promise<RetentionOutcome> {
  const decided = await decide(services, policy, signal);
  if (digest !== null && digest !== decided.digest)
    throw new WorkbenchError('CONFLICT', 'What would go has changed since it was shown. Look again, then remove.');
  const outcome: RetentionOutcome = { removed: 0, freed: 0, troubles: [] };
  const total = decided.items.length;
  for (const [done, item] of decided.items.entries()) {
    if (signal.aborted) break;
    onProgress({ step: `Removing ${done + 1} of ${total}`, done, total, unit: 'none', at: services.clock.now() });
    try {
      if (!(await removeItem(services, item))) continue;
      outcome.removed += 1;
      outcome.freed += item.bytes;
    } catch (error) {
      outcome.troubles.push(`${item.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  services.log.info('old runs were removed', { removed: outcome.removed, freed: outcome.freed, troubles: outcome.troubles.length });
  return outcome;
}

/** Looked at again right before: somebody may have marked it while others were removed. */
async function removeItem(services: RetentionServices, { runId, part }: RetentionItem): Promise<boolean> {
  const row = findRun(services.store, runId);
  if (row?.state !== 'ended' || row.important === 1) return false;
  await services.releaseRecord(runId);
  if (part === 'run') {
    await services.removeRun(runId);
    return true;
  }
  notePartRemoved(services.store, { run: row.number, part, at: services.clock.now() });
  for (const path of await pathsOf(join(services.runsFolder, runId), part)) await rm(path, { recursive: true, force: true });
  notePartGone(services.store, row.number, part);
  services.changes.emit('runs:changed', { ids: [runId], removed: [] });
  return true;
}
