import { RetentionPolicy, type RetentionPreview } from '../../../src-shared/model/retention.ts';
import { WorkbenchError } from '../../errors.ts';
import { listRemovedParts, type RemovablePart } from '../../store/retention.ts';
import { findRun } from '../../store/runs.ts';
import { readSettings, saveSettings } from '../../store/settings.ts';
import { applyRetention, previewRetention, type LongOptions, type RetentionOutcome } from './apply-retention.ts';
import type { RetentionServices } from './retention-services.ts';

/** What of old runs is kept, and removing the rest. */
export interface Retention {
  policy(): RetentionPolicy;
  savePolicy(policy: RetentionPolicy): RetentionPolicy;
  preview(policy: RetentionPolicy | undefined, signal: AbortSignal): Promise<RetentionPreview>;
  apply(digest: string, options: LongOptions): Promise<RetentionOutcome>;
  removedOf(runId: string): { part: RemovablePart; at: number }[];
  /** Looks each hour whether the night's removal is due. */
  start(): void;
  close(): void;
}

const POLICY = 'retentionPolicy';
const LAST_NIGHT = 'retentionLastNight';
const LOOK_EVERY_MS = 30 * 60_000;
/** Local time; a computer that was off then does it when it is on again. */
const NIGHT_HOUR = 3;

export function createRetention(services: RetentionServices): Retention {
  const leaving = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<unknown> = Promise.resolve();
  /** One at a time: two would count the same runs. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = working.then(work);
    working = mine.catch(() => undefined);
    return mine;
  };
  const policy = () => readPolicy(services);
  const night = () => {
    if (!isNightDue(services, new Date(services.clock.now()))) return;
    alone(() =>
      applyRetention(services, { policy: policy(), digest: null }, { signal: leaving.signal, onProgress: () => undefined }),
    ).catch((error: unknown) => services.log.error('old runs could not be removed', error));
  };
  return {
    policy,
    savePolicy: (wanted) => {
      saveSettings(services.store, { [POLICY]: wanted });
      return policy();
    },
    preview: (wanted, signal) => alone(() => previewRetention(services, wanted ?? policy(), signal)),
    apply: (digest, options) => alone(() => applyRetention(services, { policy: policy(), digest }, options)),
    removedOf: (runId) => {
      const row = findRun(services.store, runId);
      if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This run does not exist any more.');
      return listRemovedParts(services.store, row.number);
    },
    start: () => {
      timer = setInterval(night, LOOK_EVERY_MS).unref();
    },
    close: () => {
      leaving.abort();
      clearInterval(timer);
    },
  };
}

function readPolicy({ store }: RetentionServices): RetentionPolicy {
  const kept = RetentionPolicy.safeParse(readSettings(store)[POLICY] ?? {});
  return kept.success ? kept.data : RetentionPolicy.parse({});
}

/** Notes the night when it is due, so that it is done once. */
export function isNightDue(services: Pick<RetentionServices, 'store'>, now: Date): boolean {
  const settings = readSettings(services.store);
  const kept = RetentionPolicy.safeParse(settings[POLICY] ?? {});
  const day = `${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()}`;
  if (!kept.success || !kept.data.nightly || now.getHours() < NIGHT_HOUR || settings[LAST_NIGHT] === day) return false;
  saveSettings(services.store, { [LAST_NIGHT]: day });
  return true;
}
