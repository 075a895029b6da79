import { Duplex } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { plainError, workbenchError } from '../drivers/driver-error.ts';
import type { ConsoleMessage } from './oobm-messages.ts';

/** Bytes on their way that the other side has not taken yet; several screens full, and little enough to forget. */
const CONSOLE_WINDOW = 1024 * 1024;

/** One end of a console's port as a stream. Both ends are the same; destroying one ends the other. */
export class ConsolePort extends Duplex {
  readonly #port: MessagePort;
  #underway = 0;
  #blocked: (() => void) | undefined;
  #unread = 0;
  #closed = false;

  constructor(port: MessagePort) {
    super({ readableHighWaterMark: 256 * 1024, writableHighWaterMark: 64 * 1024 });
    this.#port = port;
    port.on('message', (message: ConsoleMessage) => this.#receive(message));
    port.on('close', () => this.#over());
  }

  /** What is read goes out of the stream's own buffer; only then is the other side told. */
  override _read(): void {
    if (this.#unread === 0) return;
    this.#post({ kind: 'taken', count: this.#unread });
    this.#unread = 0;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#post({ kind: 'data', bytes: new Uint8Array(chunk) });
    this.#underway += chunk.length;
    if (this.#underway < CONSOLE_WINDOW) done();
    else this.#blocked = done;
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#post({ kind: 'end' });
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (error !== null) this.#post(isPremature(error) ? { kind: 'end' } : { kind: 'error', error: plainError(error) });
    this.#closed = true;
    this.#port.close();
    this.#blocked?.();
    done(error);
  }

  #post(message: ConsoleMessage): void {
    if (!this.#closed) this.#port.postMessage(message);
  }

  #receive(message: ConsoleMessage): void {
    switch (message.kind) {
      case 'data':
        this.#unread += message.bytes.length;
        if (this.push(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.length))) this._read();
        return;
      case 'taken':
        this.#underway -= message.count;
        if (this.#underway >= CONSOLE_WINDOW || this.#blocked === undefined) return;
        return this.#release();
      case 'end':
        this.push(null);
        return;
      case 'error':
        this.#closed = true;
        this.destroy(workbenchError(message.error));
        return;
      default:
        throw new Error('not a message of a console');
    }
  }

  #release(): void {
    const done = this.#blocked;
    this.#blocked = undefined;
    done?.();
  }

  /** The other side closed its port: an end, not a failure. */
  #over(): void {
    this.#closed = true;
    if (!this.destroyed && !this.readableEnded) this.push(null);
    this.#release();
  }
}

/** A console that was cut off is one that ended. */
export function isPremature(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
