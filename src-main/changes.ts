import { EventEmitter } from 'node:events';

/** Every announcement inside a harness. Events say what has happened; they never steer: nobody waits for a listener. */
export interface ChangeMap {
  /** Test data were imported, renamed or removed. */
  'testData:changed': { ids: string[] };
  /** SUT rows changed, holder and lease included. */
  'suts:changed': { ids: string[]; removed: string[] };
  /** Run rows changed (state, counts, phase, queue place, stop progress). */
  'runs:changed': { ids: string[]; removed: string[] };
  /** A run has ended: for notifications. */
  'run:ended': { id: string };
  /** Something that the status bar shows changed: workers, queue, settings, environment, disk. */
  'system:changed': Record<string, never>;
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
