import { createHash, randomBytes } from 'node:crypto';
import { removeAccessFile, runFolder, writeAccessFile } from '../../robot/run-files.ts';
import type { AdmittedRun, Listener, RunAccessServices, RunEntry } from './run-access-services.ts';

interface Admitted {
  tokenHash: string;
  entry: RunEntry;
  leave: AbortController;
}

/** Which runs may reach their machines now, and by which token. Tokens live in memory: after a restart every run gets another one. */
export class RunAccess {
  readonly #services: Pick<RunAccessServices, 'listen'>;
  readonly #admitted = new Map<string, Admitted>();
  #listener: Promise<Listener> | null = null;

  constructor(services: Pick<RunAccessServices, 'listen'>) {
    this.#services = services;
  }

  /** Writes address and token for the run. Once more does no harm: the token before is worth nothing then. */
  async open(run: AdmittedRun): Promise<void> {
    this.#forget(run.id);
    this.#listener ??= this.#services.listen((token) => this.#find(token));
    const listening = this.#listener;
    const token = randomBytes(32).toString('base64url');
    const leave = new AbortController();
    const entry: RunEntry = { ...run, leaving: leave.signal, consoles: new Map(), underway: new Map() };
    this.#admitted.set(run.id, { tokenHash: hash(token), entry, leave });
    try {
      const { url } = await listening;
      await writeAccessFile(runFolder(run.folder), { schema: 1, url, token });
    } catch (error) {
      if (this.#listener === listening && this.#admitted.size === 1) this.#listener = null;
      this.#forget(run.id);
      throw error;
    }
  }

  /** The run does nothing to its machines any more. */
  async close(runId: string): Promise<void> {
    const admitted = this.#admitted.get(runId);
    if (admitted === undefined) return;
    this.#forget(runId);
    await removeAccessFile(runFolder(admitted.entry.folder));
    if (this.#admitted.size === 0) await this.#stopListening();
  }

  /** The files stay: who asks meanwhile is refused by the system, waits, and reads what the next harness writes. */
  async leave(): Promise<void> {
    for (const id of [...this.#admitted.keys()]) this.#forget(id);
    await this.#stopListening();
  }

  #find(token: string): RunEntry | undefined {
    const wanted = hash(token);
    return [...this.#admitted.values()].find(({ tokenHash }) => tokenHash === wanted)?.entry;
  }

  #forget(runId: string): void {
    const admitted = this.#admitted.get(runId);
    if (admitted === undefined) return;
    this.#admitted.delete(runId);
    admitted.leave.abort();
    for (const leave of admitted.entry.consoles.values()) leave();
    admitted.entry.consoles.clear();
  }

  async #stopListening(): Promise<void> {
    const listening = this.#listener;
    this.#listener = null;
    await (await listening?.catch(() => null))?.close();
  }
}

/** Hashes are compared, so that how long it takes says nothing about the token. */
function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
