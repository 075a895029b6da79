import type { Duplex } from 'node:stream';
import type { ConsoleState } from '../../../src-shared/model/console.ts';
import type { Provider } from '../../../src-shared/model/sut-endpoint.ts';
import { asWorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { createPatternWatch } from './find-patterns.ts';
import { RecordingWriter } from './recording-file.ts';

export interface SessionServices {
  sutId: string;
  folder: string;
  clock: { now: () => number };
  /** Opens the machine's console under the fence in force at this moment. */
  open(signal: AbortSignal): Promise<{ stream: Duplex; provider: Provider }>;
  onChange(): void;
  onFound(found: { what: string; line: string }): void;
}

/** ms before a lost console is tried again; doubles up to the longest. */
const AGAIN = { first: 500, longest: 30_000 };

/** The console of one machine: opened as long as somebody wants it, recorded all that time, opened again when it is lost. */
export class ConsoleSession {
  writer: string | null = null;
  askedBy: string | null = null;
  readonly #services: SessionServices;
  readonly #leaving = new AbortController();
  #state: Pick<ConsoleState, 'state' | 'why' | 'provider'> = { state: 'closed', why: null, provider: null };
  #stream: Duplex | null = null;
  #recording: RecordingWriter | null = null;
  #readers = 0;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(services: SessionServices) {
    this.#services = services;
  }

  get readers(): number {
    return this.#readers;
  }

  get isOpen(): boolean {
    return this.#stream !== null;
  }

  state(): ConsoleState {
    const { sutId } = this.#services;
    const recording = this.#recording;
    return {
      ...this.#state,
      recording: recording === null ? null : { id: recording.id, sutId, begin: recording.begin, end: null, size: recording.size },
      writer: this.writer,
      askedBy: this.askedBy,
      readers: this.#readers,
    };
  }

  /** Keeps it open until the answered function is called. */
  join(): () => void {
    this.#readers += 1;
    if (this.#state.state === 'closed') void this.#open();
    this.#services.onChange();
    let joined = true;
    return () => {
      if (!joined) return;
      joined = false;
      this.#readers -= 1;
      this.#services.onChange();
    };
  }

  write(text: string): boolean {
    return this.#stream?.write(Buffer.from(text, 'utf8')) ?? false;
  }

  /** Somebody else may act on the machine now: who typed does no longer, and it is opened anew for those who read. */
  renew(): void {
    this.writer = null;
    this.askedBy = null;
    this.#failures = 0;
    if (this.#stream !== null) this.#lost(this.#stream, null);
    else this.#services.onChange();
  }

  /** Ends it; the recording stays. */
  close(): void {
    this.#leaving.abort();
    clearTimeout(this.#timer);
    this.#stream?.destroy();
    this.#stream = null;
    this.#recording?.end(this.#services.clock.now());
    this.#recording = null;
    this.#become('closed', null, null);
  }

  async #open(): Promise<void> {
    const { open, clock, folder, onFound } = this.#services;
    const { signal } = this.#leaving;
    this.#become('opening', this.#state.why, null);
    try {
      const { stream, provider } = await open(signal);
      if (signal.aborted) return void stream.destroy();
      this.#recording ??= new RecordingWriter(folder, { id: newId(clock.now()), at: clock.now() });
      this.#stream = stream;
      const watch = createPatternWatch(onFound);
      stream.on('data', (chunk: Buffer) => {
        this.#failures = 0;
        this.#record(chunk);
        watch(chunk);
      });
      stream.once('error', (error) => this.#lost(stream, error));
      stream.once('close', () => this.#lost(stream, null));
      this.#become('open', null, provider);
    } catch (error) {
      if (!signal.aborted) this.#again(asWorkbenchError(error).message);
    }
  }

  #record(chunk: Buffer): void {
    this.#recording?.write(chunk, this.#services.clock.now());
    this.#services.onChange();
  }

  #lost(stream: Duplex, error: Error | null): void {
    if (this.#stream !== stream) return;
    this.#stream = null;
    stream.on('error', () => undefined); // it is lost already
    stream.destroy();
    this.#again(error === null ? 'The console was closed.' : asWorkbenchError(error).message);
  }

  #again(why: string): void {
    if (this.#leaving.signal.aborted) return;
    this.#become('waiting', why, null);
    const inMs = Math.min(AGAIN.first * 2 ** this.#failures, AGAIN.longest);
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), inMs).unref();
  }

  #become(state: ConsoleState['state'], why: string | null, provider: Provider | null): void {
    this.#state = { state, why, provider };
    this.#services.onChange();
  }
}
