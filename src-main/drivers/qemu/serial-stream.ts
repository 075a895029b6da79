import { statSync, watch, type FSWatcher } from 'node:fs';
import { open } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { basename } from 'node:path';
import { Duplex } from 'node:stream';
import type { MachineFiles } from './machine-files.ts';

/** ms between two looks for a machine that is off, and for output that no notice came of. */
const PACE = 100;
const PIECE = 64 * 1024;

/**
 * The serial port of a virtual machine: open whether it is on or off, as a cable is. What the machine prints is read from its log, because
 * a socket that connects a moment late has missed the first lines. What is typed while it is off is lost, as on a cable.
 */
export class SerialStream extends Duplex {
  readonly #files: MachineFiles;
  readonly #looks: NodeJS.Timeout;
  readonly #watcher: FSWatcher;
  #socket: Socket | undefined;
  #connecting = false;
  #offset: number;
  #wanted = true;
  #reading = false;

  constructor(files: MachineFiles) {
    super();
    this.#files = files;
    this.#offset = this.#size();
    const name = basename(files.serialLog);
    this.#watcher = watch(files.folder, (_event, changed) => changed === name && void this.#readOn());
    this.#watcher.on('error', () => undefined); // the looks go on
    this.#looks = setInterval(() => {
      this.#connect();
      void this.#readOn();
    }, PACE);
    this.#connect();
  }

  override _read(): void {
    this.#wanted = true;
    void this.#readOn();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#socket === undefined) return done();
    this.#socket.write(chunk, () => done()); // a machine that went off meanwhile takes nothing
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearInterval(this.#looks);
    this.#watcher.close();
    this.#socket?.destroy();
    done(error);
  }

  #connect(): void {
    if (this.#connecting || this.#socket !== undefined) return;
    this.#connecting = true;
    const socket = connect(this.#files.serial);
    socket.resume(); // what comes this way is in the log as well
    socket.on('connect', () => (this.#socket = socket));
    socket.on('error', () => undefined); // told by `close`
    socket.on('close', () => {
      this.#socket = undefined;
      this.#connecting = false;
    });
    if (this.destroyed) socket.destroy();
  }

  async #readOn(): Promise<void> {
    if (this.#reading || !this.#wanted || this.destroyed) return;
    this.#reading = true;
    try {
      while (this.#wanted && (await this.#readPiece()));
    } catch (error) {
      this.destroy(error as Error);
    } finally {
      this.#reading = false;
    }
  }

  async #readPiece(): Promise<boolean> {
    const size = this.#size();
    if (size < this.#offset) this.#offset = 0; // a new log
    if (size === this.#offset || this.destroyed) return false;
    const file = await open(this.#files.serialLog).catch(() => null);
    if (file === null) return false; // it was taken away in this moment
    try {
      const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(PIECE), position: this.#offset });
      this.#offset += bytesRead;
      if (bytesRead > 0 && !this.destroyed) this.#wanted = this.push(buffer.subarray(0, bytesRead));
      return bytesRead > 0;
    } finally {
      await file.close();
    }
  }

  #size(): number {
    return statSync(this.#files.serialLog, { throwIfNoEntry: false })?.size ?? 0;
  }
}
