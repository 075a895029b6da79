import { setImmediate as turn } from 'node:timers/promises';
import type { KnownFailureInput } from '../../../src-shared/model/triage.ts';
import { containsWildcard, matchesWildcard } from '../../../src-shared/text/wildcard.ts';
import {
  countClearRuns,
  insertMatch,
  listKnownFailures,
  listUnexplained,
  listUntriaged,
  setTriaged,
  type EndedRun,
  type FailedResult,
} from '../../store/triage.ts';
import type { TriageServices } from './triage-services.ts';

/** Longer messages are looked at up to here, in characters: one of megabytes must not hold up everybody. */
const MOST_LOOKED_AT = 4000;

type Rule = KnownFailureInput & { id: string };

export function explains(rule: KnownFailureInput, failure: Pick<FailedResult, 'longName' | 'message'>, suts: readonly string[]): boolean {
  if (rule.sut !== '' && !suts.includes(rule.sut)) return false;
  if (rule.test !== '' && !matchesWildcard(rule.test, failure.longName)) return false;
  return containsWildcard(rule.message, (failure.message ?? '').slice(0, MOST_LOOKED_AT));
}

/** Within the caller's transaction: every failure that a rule fits is its, the older rule first. */
export function explainRun({ store }: TriageServices, run: EndedRun, rules: readonly Rule[]): number {
  let explained = 0;
  for (const failure of rules.length === 0 ? [] : listUnexplained(store, run.number)) {
    const rule = rules.find((each) => explains(each, failure, run.suts));
    if (rule === undefined) continue;
    insertMatch(store, rule.id, failure);
    explained += 1;
  }
  return explained;
}

/** Lets the rules see every ended run that they have not seen, one transaction a run. */
export async function triageEnded(services: TriageServices, signal: AbortSignal): Promise<void> {
  const rules = listKnownFailures(services.store);
  for (const run of listUntriaged(services.store)) {
    if (signal.aborted) return;
    services.store.transaction(() => {
      explainRun(services, run, rules);
      countClearRuns(services.store, run.number);
      setTriaged(services.store, run.number);
    })();
    services.changes.emit('triage:changed', { runId: run.id });
    await turn();
  }
}
