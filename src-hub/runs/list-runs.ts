import type { HubRun } from '../../src-shared/model/hub-runs.ts';
import type { Run } from '../../src-shared/model/run.ts';
import { MAIL, RunRefusal } from '../../src-shared/protocol/items.ts';
import { HubError } from '../errors.ts';
import { stateOfLab } from '../directory/list-reservations.ts';
import type { HarnessRow } from '../store/links.ts';
import { findRemoteRun, type RemoteRunRow } from '../store/runs.ts';
import type { HubRunServices } from './run-services.ts';

interface Wanted {
  text: string;
  /** Null = everybody's. */
  person: string | null;
  active: boolean;
  limit: number;
}

/** Rows that are looked through for words, newest first. */
const MOST_SEARCHED = 5000;

export async function listRuns(services: HubRunServices, { text, person, active, limit }: Wanted): Promise<HubRun[]> {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  const rows = await services.store
    .selectFrom('remote_run')
    .selectAll()
    .$if(person !== null, (query) => query.where('person', '=', person ?? ''))
    .$if(active, (query) => query.where((row) => row.or([row('state', 'is', null), row('state', 'not in', ['refused', 'ended'])])))
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .limit(words.length === 0 ? limit : MOST_SEARCHED)
    .execute();
  const ids = [...new Set(rows.map((row) => row.harness_id))];
  const found = ids.length === 0 ? [] : await services.store.selectFrom('harness').selectAll().where('id', 'in', ids).execute();
  const labs = new Map(found.map((lab) => [lab.id, lab]));
  return rows
    .map((row) => toHubRun(row, labs.get(row.harness_id), services.now()))
    .filter((run) => words.every((word) => textOf(run).includes(word)))
    .slice(0, limit);
}

export async function needRun(services: HubRunServices, id: string): Promise<HubRun> {
  const row = await findRemoteRun(services.store, id);
  if (row === undefined) throw new HubError('NOT_FOUND', 'This run does not exist.');
  const lab = await services.store.selectFrom('harness').selectAll().where('id', '=', row.harness_id).executeTakeFirst();
  return toHubRun(row, lab, services.now());
}

function textOf({ name, suts, harness, person, condition, id }: HubRun): string {
  return [name, ...suts, harness, person, condition ?? '', id].join(' ').toLowerCase();
}

function toHubRun(row: RemoteRunRow, lab: HarnessRow | undefined, now: number): HubRun {
  const refusal = row.refusal === null ? null : RunRefusal.parse(JSON.parse(row.refusal));
  return {
    ...(row.view === null ? askedRun(row, refusal) : (JSON.parse(row.view) as Run)),
    harnessId: row.harness_id,
    harness: lab?.name ?? 'a lab that is gone',
    person: row.person,
    askedAt: row.asked_at,
    told: row.state,
    refusal,
    stopAskedAt: row.stop_asked_at,
    lab: stateOfLab(lab, now),
    heardAt: lab?.last_heard ?? null,
    publishedAt: row.published_at,
  };
}

/** What can be said of a run that its lab has not made a run yet, or never will. */
function askedRun(row: RemoteRunRow, refusal: RunRefusal | null): Run {
  const asked = row.asked === null ? null : MAIL['run.request'].parse(JSON.parse(row.asked));
  const waits = row.state === 'fetching' ? 'The lab fetches what it needs and checks it.' : 'Asked; the lab has not answered yet.';
  return {
    ...{ id: row.id, name: row.name, testDataId: null, revision: asked?.testData.sha256 ?? '0'.repeat(64), suts: asked?.suts ?? [] },
    ...{ condition: asked?.condition?.name ?? null, plan: null, startedBy: row.person, rerunOf: asked?.rerunOf?.id ?? null },
    ...(refusal === null
      ? { state: 'queued' as const, verdict: null, cause: null, failure: null, happened: waits, endedAt: null }
      : {
          ...{ state: 'ended' as const, verdict: 'error' as const, cause: 'configuration' as const, endedAt: row.told_at },
          ...{ failure: { code: refusal.code, message: [refusal.message, ...refusal.details].join('\n') }, happened: refusal.message },
        }),
    counts: { passed: 0, failed: 0, skipped: 0, notRun: 0 },
    ...{ total: 0, createdAt: row.asked_at, startedAt: null, queuePosition: null, expectedEndAt: null, stop: null, important: false },
    ...{ skippedPhases: [], retriesLeft: 0, imported: null, conditionBinding: null, phases: [], robotVersion: null, pythonVersion: null },
    selection: asked?.selection ?? { include: [], exclude: [], suites: [], tests: [] },
    options: asked?.options ?? { variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 },
    environment: { lockHash: null, libraries: [], packages: [] },
    ...{ rebuilt: false, reruns: [], reportDirectory: '', provisioning: null },
  };
}
