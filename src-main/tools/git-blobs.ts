import type { ChildProcess } from 'node:child_process';
import { WorkbenchError } from '../errors.ts';
import { overOf, startGit } from './git.ts';

interface Waiting {
  resolve: (bytes: Buffer) => void;
  reject: (error: unknown) => void;
}

/** Reads files of a fetched repository, many small ones through one process. */
export class GitBlobs {
  readonly #folder: string;
  readonly #signal: AbortSignal;
  readonly #child: ChildProcess;
  readonly #waiting: Waiting[] = [];
  #buffered: Buffer = Buffer.alloc(0);
  #closed = false;

  constructor(folder: string, signal: AbortSignal) {
    this.#folder = folder;
    this.#signal = signal;
    this.#child = startGit({ args: ['cat-file', '--batch'], folder }, 'pipe');
    this.#child.stdin?.on('error', () => undefined); // its end says what was wrong
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#onData(chunk));
    overOf(this.#child, { signal }).then(
      () => this.#fail(new WorkbenchError('INTERNAL', 'Git ended before it had given every file.')),
      (error: unknown) => this.#fail(error),
    );
  }

  /** The whole content; for files that fit into memory. */
  read(object: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.#closed)
        return void reject(new WorkbenchError('CANCELLED', 'Reading the repository was cancelled; nothing of it was kept.'));
      this.#waiting.push({ resolve, reject });
      this.#child.stdin?.write(`${object}\n`);
    });
  }

  /** The content as a stream, by a process of its own. */
  async *stream(object: string): AsyncGenerator<Uint8Array> {
    const child = startGit({ args: ['cat-file', 'blob', object], folder: this.#folder });
    const over = overOf(child, { signal: this.#signal });
    over.catch(() => undefined); // told below, when the stream is over
    for await (const chunk of child.stdout ?? []) yield chunk as Buffer;
    await over;
  }

  close(): void {
    this.#closed = true;
    this.#child.stdin?.end();
  }

  #fail(error: unknown): void {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  /** Each answer is a line "<object> blob <size>", the bytes, and a line feed. */
  #onData(chunk: Buffer): void {
    this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk]);
    for (;;) {
      const lineEnd = this.#buffered.indexOf(10);
      if (lineEnd === -1) return;
      const [, kind, size] = this.#buffered.subarray(0, lineEnd).toString('latin1').split(' ');
      if (kind !== 'blob') {
        this.#waiting.shift()?.reject(new WorkbenchError('BAD_REQUEST', 'The repository is damaged: a file of it is missing.'));
        this.#buffered = this.#buffered.subarray(lineEnd + 1);
        continue;
      }
      const end = lineEnd + 1 + Number(size);
      if (this.#buffered.length < end + 1) return;
      this.#waiting.shift()?.resolve(Buffer.from(this.#buffered.subarray(lineEnd + 1, end)));
      this.#buffered = this.#buffered.subarray(end + 1);
    }
  }
}
