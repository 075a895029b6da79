import { EventEmitter } from 'node:events';

/** Every announcement inside a harness. Events say what has happened; they never steer: nobody waits for a listener. */
export interface ChangeMap {
  /** Test data were imported, renamed or removed. */
  'testData:changed': { ids: string[] };
  /** A plan was made, changed or removed. */
  'plans:changed': Record<string, never>;
  /** A condition was made, changed or removed. */
  'conditions:changed': Record<string, never>;
  /** A matrix was made or removed, or a cell of it has a new run. */
  'matrices:changed': { ids: string[] };
  /** Libraries were added or removed, or attached to test data. */
  'libraries:changed': Record<string, never>;
  /** Locks or environments changed, how far a build is included. */
  'environments:changed': Record<string, never>;
  /** SUT rows changed, holder and lease included. */
  'suts:changed': { ids: string[]; removed: string[] };
  /** A SUT went into quarantine or maintenance, or came out of it. */
  'suts:setAside': { ids: string[] };
  /** Something was seen of these SUTs (power, health, a reading); nothing that anybody decided. */
  'suts:observed': { ids: string[] };
  /** A row came to the history of this SUT, or one came to its end. */
  'sut:recorded': { sutId: string };
  /** A console was opened, closed, has more to read, or another writer. */
  'console:changed': { sutId: string };
  /** Reservations changed: asked, granted, begun, ended, or what those who wait are told. */
  'reservations:changed': { ids: string[] };
  /** Who may act on these SUTs has changed: each has a new fence. */
  'fences:changed': { sutIds: string[] };
  /** A hold ends in some minutes: for notifications. */
  'reservation:endsSoon': { id: string };
  /** The link to the hub, what is shared there, or what is still to be told changed. */
  'hub:changed': Record<string, never>;
  /** The library of images changed, how far something arrives or is fetched by a machine included. */
  'images:changed': Record<string, never>;
  /** Run rows changed (state, counts, phase, queue place, stop progress). */
  'runs:changed': { ids: string[]; removed: string[] };
  /** The processes of active runs were looked at. */
  'activity:seen': Record<string, never>;
  /** A run has ended: for notifications. */
  'run:ended': { id: string };
  /** Runs that ended elsewhere were taken in, whole: nobody is notified, but rules look at them. */
  'runs:imported': { ids: string[] };
  /** What people or rules say about this run has changed; null: rules or trackers. */
  'triage:changed': { runId: string | null };
  /** Something that the status bar shows changed: workers, queue, settings, environment, disk. */
  'system:changed': Record<string, never>;
  /** A file is served or not any more, or some of it was fetched. */
  'serving:changed': Record<string, never>;
  /** The record or console of a running run grew. */
  'record:grew': { runId: string };
}

/** A typed emitter; `on` answers the function that stops listening. */
export class Changes {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  emit<K extends keyof ChangeMap>(name: K, change: ChangeMap[K]): void {
    this.#emitter.emit(name, change);
  }

  on<K extends keyof ChangeMap>(name: K, listener: (change: ChangeMap[K]) => void): () => void {
    this.#emitter.on(name, listener);
    return () => this.#emitter.off(name, listener);
  }
}
