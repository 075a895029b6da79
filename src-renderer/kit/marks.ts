import type { ItemStatus } from '../../src-shared/model/record.ts';
import type { RunSummary } from '../../src-shared/model/run.ts';
import { VERDICT_WORDS } from '../../src-shared/text/words.ts';

/** Every sign the workbench has for how something stands; each has a shape of its own, so a page reads without colour. */
export const MARKS = ['passed', 'failed', 'error', 'skipped', 'notRun', 'stopped', 'lost', 'running', 'queued', 'failing'] as const;
export type Mark = (typeof MARKS)[number];

export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  ...VERDICT_WORDS,
  skipped: 'Skipped',
  notRun: 'Not run',
  running: 'Running',
  queued: 'Queued',
  failing: 'Failing',
};

/** `failing` = running, and something already failed. A passed run in which every test was skipped shows as skipped. */
export function markOfRun(run: Pick<RunSummary, 'state' | 'verdict' | 'counts'>): Mark {
  if (run.state === 'queued') return 'queued';
  if (run.state !== 'ended') return run.counts.failed > 0 ? 'failing' : 'running';
  if (run.verdict === 'passed' && run.counts.passed === 0 && run.counts.skipped > 0) return 'skipped';
  return run.verdict ?? 'error';
}

/** A row of a record; `failing` where something below a running row has failed. */
export function markOfItem(status: ItemStatus, failedBelow = false): Mark {
  return status === 'running' && failedBelow ? 'failing' : status;
}
