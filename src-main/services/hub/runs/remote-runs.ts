import type { Mail, RunRefusal } from '../../../../src-shared/protocol/items.ts';
import { asWorkbenchError, WorkbenchError } from '../../../errors.ts';
import { findHub } from '../../../store/hub.ts';
import { findHubRun, listOpenHubRuns, updateHubRun, type HubRunRow } from '../../../store/hub-runs.ts';
import { remoteName, type HubServices } from '../hub-services.ts';
import { refusalNow, STOPPED } from './apply-run-mail.ts';
import { sweepArriving } from './fetch-content.ts';
import { fetchBrought, fetchTestData } from './fetch-run.ts';
import { publishRun } from './publish-run.ts';
import { sendLane, unknownPlace, type LanePlace } from './send-lane.ts';

type Wish = Extract<Mail, { kind: 'run.request' }>['body'];

/** The link, as far as runs need it. */
export interface RunLink {
  /** Null while there is none. */
  session(): string | null;
  ask(event: string, message: unknown): Promise<unknown>;
}

/** What could not be done now is tried again so soon, and what nobody announces is looked at. */
const AGAIN_MS = 2000;

/**
 * Takes each run from afar from its wish to its published report. The store says where it is, so it goes on after a crash of either side:
 * a start has the wish's id as its key, and the hub says itself what it has of a record and of a report.
 */
export class RemoteRuns {
  readonly #services: HubServices;
  readonly #link: RunLink;
  readonly #working = new Map<string, { again: boolean }>();
  readonly #places = new Map<string, LanePlace>();
  readonly #leaving = new AbortController();
  readonly #timer: NodeJS.Timeout;
  /** Ends the fetching of what a run that was stopped does not need any more. */
  readonly #fetching = new Map<string, AbortController>();
  #session: string | null = null;

  constructor(services: HubServices, link: RunLink) {
    this.#services = services;
    this.#link = link;
    this.#timer = setInterval(() => this.look(), AGAIN_MS).unref();
    this.#sweep();
  }

  /** Something may have to be done. */
  look(): void {
    if (this.#leaving.signal.aborted) return;
    const session = this.#link.session();
    // The next session begins with what the hub says that it has.
    if (session !== this.#session) this.#places.clear();
    this.#session = session;
    for (const row of listOpenHubRuns(this.#services.store)) {
      if (row.stop !== null) this.#fetching.get(row.id)?.abort();
      const working = this.#working.get(row.id);
      if (working === undefined) void this.#work(row.id);
      else working.again = true;
    }
  }

  close(): void {
    this.#leaving.abort();
    clearInterval(this.#timer);
  }

  async #work(id: string): Promise<void> {
    const working = { again: true };
    this.#working.set(id, working);
    try {
      while (working.again && !this.#leaving.signal.aborted) {
        working.again = false;
        await this.#advance(id);
      }
    } catch (error) {
      // A lost link above all: the timer comes back to it.
      this.#services.log.info('a run from afar waits', { run: id, why: error instanceof Error ? error.message : String(error) });
    } finally {
      this.#working.delete(id);
    }
  }

  async #advance(id: string): Promise<void> {
    const { store, remoteRuns } = this.#services;
    const row = findHubRun(store, id);
    if (row === undefined || row.published === 1) return;
    if (row.run_id === null) return row.refused === null ? this.#begin(row) : undefined;
    await this.#handOnStop(row, row.run_id);
    const run = remoteRuns.find(row.run_id);
    // Removed here before the hub had it: what the hub has is all that it will have.
    if (run === undefined) return updateHubRun(store, id, { published: 1 });
    const session = this.#link.session();
    if (session === null || row.told !== run.state || ['queued', 'preparing', 'provisioning'].includes(run.state)) return;
    const place = this.#places.get(id) ?? unknownPlace();
    this.#places.set(id, place);
    const going = { row: { ...row, run_id: row.run_id }, run, session, ask: (event: string, said: unknown) => this.#link.ask(event, said) };
    if (run.state !== 'ended') return void (await sendLane(this.#services, going, place));
    await publishRun(this.#services, going.row, { session, signal: this.#leaving.signal });
    this.#places.delete(id);
  }

  async #begin(row: HubRunRow): Promise<void> {
    const session = this.#link.session();
    if (session === null || row.wish === null) return;
    const wish = JSON.parse(row.wish) as Wish;
    try {
      const refusal = row.stop === null ? refusalNow(this.#services, wish) : STOPPED;
      if (refusal !== null) return this.#refuse(row.id, refusal);
      const run = await this.#start(wish, session, this.#endingWith(row.id));
      updateHubRun(this.#services.store, row.id, { run_id: run, refused: null });
      this.#services.changes.emit('runs:changed', { ids: [run], removed: [] });
    } catch (error) {
      if (this.#fetching.get(row.id)?.signal.aborted === true) return this.#refuse(row.id, STOPPED);
      if (!(error instanceof WorkbenchError) && !isAnswer(error)) throw error;
      const { code, message, data } = asWorkbenchError(error);
      const reasons = data.reasons.map((reason) => reason.message);
      this.#refuse(row.id, { code, message: message.slice(0, 2000), details: [...reasons, ...data.details].slice(0, 50) });
    } finally {
      this.#fetching.delete(row.id);
    }
  }

  /** Aborted when the run is stopped, or this harness ends. */
  #endingWith(id: string): AbortSignal {
    const own = new AbortController();
    this.#fetching.set(id, own);
    return AbortSignal.any([own.signal, this.#leaving.signal]);
  }

  async #start(wish: Wish, session: string, signal: AbortSignal): Promise<string> {
    const { store, remoteRuns } = this.#services;
    const caller = { user: remoteName(wish.user, findHub(store)?.url ?? ''), origin: 'hub' as const };
    if (wish.rerunOf !== undefined) {
      const origin = findHubRun(store, wish.rerunOf.id)?.run_id ?? null;
      if (origin === null) throw new WorkbenchError('NOT_FOUND', 'The lab does not have the run any more that is to be repeated.');
      return (await remoteRuns.rerun({ id: origin, failedOnly: wish.rerunOf.failedOnly, requestKey: wish.id }, caller)).id;
    }
    const fetching = { session, signal };
    const data = await fetchTestData(this.#services, wish, fetching);
    const brought = await fetchBrought(this.#services, wish, fetching);
    signal.throwIfAborted();
    const { name, suts, selection, condition, options, id } = wish;
    const given = condition === undefined ? {} : { condition };
    return (await remoteRuns.start({ ...data, name, suts, selection, options, ...given, ...brought, requestKey: id }, caller)).id;
  }

  #refuse(id: string, refusal: RunRefusal): void {
    updateHubRun(this.#services.store, id, { refused: JSON.stringify(refusal) });
    this.#services.changes.emit('runs:changed', { ids: [], removed: [] });
    this.#sweep();
  }

  #sweep(): void {
    sweepArriving(this.#services).catch((error: unknown) =>
      this.#services.log.error('what came half from the hub could not be removed', error),
    );
  }

  async #handOnStop({ id, stop, person }: HubRunRow, runId: string): Promise<void> {
    if (stop === null || stop === 'done') return;
    const { store, remoteRuns, log } = this.#services;
    const caller = { user: remoteName(person, findHub(store)?.url ?? ''), origin: 'hub' as const };
    try {
      await remoteRuns.stop({ id: runId, reason: 'Stopped at the hub.', now: stop === 'now' }, caller);
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error;
      // Too late: how the run ended says it.
      log.info('a stop from afar came to nothing', { run: id, code: error.code });
    }
    updateHubRun(store, id, { stop: 'done' });
  }
}

/** The hub answered that it will not give it: asking again changes nothing. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'status' in error && [403, 404, 410, 416].includes(Number(error.status));
}
