import type { ProvisioningServices } from './provisioning-services.ts';

/** Characters of the console that are kept to be searched and shown; what is older is in the recording. */
const KEPT = 256 * 1024;
/** Bytes read at once. */
const PIECE = 64 * 1024;
/** Colours and cursor movements would cut the words that are looked for. */
const ESCAPES = new RegExp(`${String.fromCodePoint(0x1b)}(?:\\[[0-?]*[ -/]*[@-~]|[@-Z\\\\-_])`, 'gu');

/** What the console of one machine says while it is provisioned: read from the recording, where the broker has put it. */
export class ConsoleWatch {
  readonly #services: Pick<ProvisioningServices, 'consoles' | 'changes'>;
  readonly #sutId: string;
  readonly #leave: () => void;
  readonly #stop: () => void;
  readonly #listeners = new Set<() => void>();
  #recording: { id: string; offset: number } | null;
  #text = '';
  /** Characters that were dropped from the front of `#text`. */
  #dropped = 0;

  constructor(services: Pick<ProvisioningServices, 'consoles' | 'changes'>, sutId: string) {
    this.#services = services;
    this.#sutId = sutId;
    const live = services.consoles.live(sutId);
    this.#recording = live === null ? null : { id: live.recordingId, offset: live.size };
    this.#leave = services.consoles.attach(sutId);
    this.#stop = services.changes.on('console:changed', (change) => {
      if (change.sutId === sutId) this.#read();
    });
  }

  /** Where the console is now, in characters since the beginning. */
  get end(): number {
    return this.#dropped + this.#text.length;
  }

  /** Waits for it to be open, because what a machine says before that is lost; for a while only, since some have no console. */
  async opened(limitMs: number, signal: AbortSignal): Promise<void> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    while (!limit.aborted && !this.#services.consoles.isOpen(this.#sutId)) await this.more(limit);
  }

  /** What was last said. */
  tail(characters: number): string {
    return this.#text.slice(-characters);
  }

  /** The line in which one of the patterns is found at or after `from`; null when none is. */
  find(patterns: readonly string[], from: number): string | null {
    const text = this.#text.slice(Math.max(0, from - this.#dropped));
    for (const pattern of patterns) {
      const match = new RegExp(pattern, 'mu').exec(text);
      if (match !== null) return lineAround(text, match.index);
    }
    return null;
  }

  /** Resolves when the console has said more. */
  more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#listeners.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }

  close(): void {
    this.#stop();
    this.#leave();
  }

  #read(): void {
    const live = this.#services.consoles.live(this.#sutId);
    if (live === null) return;
    if (this.#recording?.id !== live.recordingId) this.#recording = { id: live.recordingId, offset: 0 };
    const recording = this.#recording;
    while (recording.offset < live.size) {
      const bytes = this.#services.consoles.bytes(this.#sutId, recording.id, { offset: recording.offset, length: PIECE });
      if (bytes.length === 0) break;
      recording.offset += bytes.length;
      this.#text += bytes.toString('latin1').replaceAll(ESCAPES, '');
    }
    const over = this.#text.length - KEPT;
    if (over > 0) {
      this.#text = this.#text.slice(over);
      this.#dropped += over;
    }
    for (const listener of [...this.#listeners]) listener();
  }
}

function lineAround(text: string, at: number): string {
  const begin = text.lastIndexOf('\n', at) + 1;
  const end = text.indexOf('\n', at);
  return text
    .slice(begin, end === -1 ? undefined : end)
    .trim()
    .slice(0, 300);
}
