import type { Duplex } from 'node:stream';
import { join } from 'node:path';
import type { ConsoleState, Recording } from '../../../src-shared/model/console.ts';
import type { Provider } from '../../../src-shared/model/sut-endpoint.ts';
import { rightToAct } from '../../../src-shared/model/sut-right.ts';
import type { Sut } from '../../../src-shared/model/sut.ts';
import type { Changes } from '../../changes.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Caller } from '../caller.ts';
import { ConsoleSession } from './console-session.ts';
import { hasRecording, listRecordings, readMarks, readRecording, timeAt } from './recording-file.ts';
import { readLinesBetween, searchRecordings, type Hit } from './search-recordings.ts';

export interface ConsoleServices {
  /** Folder of the recordings, one folder a SUT. */
  folder: string;
  clock: { now: () => number };
  changes: Changes;
  need(sutId: string): Sut;
  open(sutId: string, signal: AbortSignal): Promise<{ stream: Duplex; provider: Provider }>;
  /** Refuses as for every deed; null when the caller may. */
  refusal(sut: Sut, right: ReturnType<typeof rightToAct>, confirmed: boolean): WorkbenchError | null;
  note(event: { sutId: string; who: string; what: string; message?: string }): void;
}

/** ms for which a console that nobody reads stays open: who comes back finds what happened meanwhile. */
const LINGER = 120_000;

/** One owner of every console: many read, one types, everything is recorded. */
export class ConsoleBroker {
  readonly #services: ConsoleServices;
  readonly #sessions = new Map<string, ConsoleSession>();
  readonly #lingering = new Map<string, NodeJS.Timeout>();
  readonly #stop: (() => void)[];

  constructor(services: ConsoleServices) {
    this.#services = services;
    const { changes } = services;
    this.#stop = [
      changes.on('fences:changed', ({ sutIds }) => sutIds.forEach((id) => this.#sessions.get(id)?.renew())),
      changes.on('suts:changed', ({ removed }) => removed.forEach((id) => this.end(id))),
    ];
  }

  /** Opens the console if need be and keeps it open until the answered function is called. */
  attach(sutId: string): () => void {
    this.#services.need(sutId);
    clearTimeout(this.#lingering.get(sutId));
    const session = this.#sessions.get(sutId) ?? this.#begin(sutId);
    const leave = session.join();
    return () => {
      leave();
      if (session.readers > 0) return;
      clearTimeout(this.#lingering.get(sutId));
      this.#lingering.set(sutId, setTimeout(() => this.#leftAlone(sutId, session), LINGER).unref());
    };
  }

  state(sutId: string): ConsoleState {
    return this.#sessions.get(sutId)?.state() ?? CLOSED;
  }

  isOpen(sutId: string): boolean {
    return this.#sessions.get(sutId)?.isOpen === true;
  }

  write(sutId: string, text: string, caller: Caller): { written: number } {
    const session = this.#sessions.get(sutId);
    if (session?.writer !== caller.user) {
      const who = session?.writer ?? null;
      const message = who === null ? 'Take the console first: nobody types on it now.' : `${who} types on this console. Ask for it first.`;
      throw new WorkbenchError('NOT_RESERVED', message);
    }
    if (!session.isOpen) throw new WorkbenchError('OOBM_UNREACHABLE', 'The console is not open now; it is tried again. Nothing was typed.');
    session.write(text);
    return { written: Buffer.byteLength(text) };
  }

  /** A run types on a machine that it has. It waits for nobody: who has the keys loses them. */
  typeForRun(sutId: string, text: string, who: string): { written: number } {
    const session = this.#sessions.get(sutId);
    if (session === undefined) throw new WorkbenchError('CONFLICT', 'Open the console first.');
    if (session.writer !== who) {
      if (session.writer !== null) this.#services.note({ sutId, who, what: 'console taken over', message: `from ${session.writer}` });
      session.writer = who;
      this.#tell(sutId);
    }
    return this.write(sutId, text, { user: who, origin: 'rest' });
  }

  takeWriter(sutId: string, confirmed: boolean, caller: Caller): ConsoleState {
    const sut = this.#services.need(sutId);
    const right = rightToAct(sut, caller.user);
    const refusal = this.#services.refusal(sut, right, confirmed);
    if (refusal !== null) throw refusal;
    const session = this.#sessions.get(sutId);
    if (session === undefined) throw new WorkbenchError('CONFLICT', 'Open the console first.');
    const writer = session.writer;
    if (writer !== null && writer !== caller.user) {
      const mayTake = caller.user === sut.maintainedBy || caller.user === sut.reservedBy;
      if (!(confirmed && mayTake)) {
        session.askedBy = caller.user;
        this.#tell(sutId);
        const code = mayTake ? 'CONFIRM_FIRST' : 'CONFLICT';
        throw new WorkbenchError(code, `${writer} types on this console and was asked to hand it over.`, {
          reasons: [{ code, message: `${writer} types on this console.`, subject: sut.name }],
        });
      }
      this.#services.note({ sutId, who: caller.user, what: 'console taken over', message: `from ${writer}` });
    }
    session.writer = caller.user;
    session.askedBy = null;
    this.#tell(sutId);
    return session.state();
  }

  releaseWriter(sutId: string, caller: Caller): ConsoleState {
    const session = this.#sessions.get(sutId);
    if (session === undefined) return CLOSED;
    if (session.writer === caller.user) {
      session.writer = session.askedBy;
      session.askedBy = null;
      this.#tell(sutId);
    }
    return session.state();
  }

  recordings(sutId: string): Recording[] {
    this.#services.need(sutId);
    const live = this.state(sutId).recording?.id;
    return listRecordings(this.#folderOf(sutId), sutId).map((each) => (each.id === live ? { ...each, end: null } : each));
  }

  read(sutId: string, recordingId: string, piece: { offset: number; length: number }) {
    this.#services.need(sutId);
    const folder = this.#folderOf(sutId);
    if (!hasRecording(folder, recordingId)) throw new WorkbenchError('NOT_FOUND', 'This recording does not exist any more.');
    const { bytes, size } = readRecording(folder, recordingId, piece);
    return { offset: piece.offset, bytes: bytes.toString('base64'), at: timeAt(readMarks(folder, recordingId), piece.offset), size };
  }

  /** Where the console was at a time: in the recording that went on then, or else the first one after it. Null: there is none. */
  placeAt(sutId: string, at: number): { recordingId: string; offset: number } | null {
    const recording = this.recordings(sutId).findLast(({ end }) => end === null || end >= at);
    if (recording === undefined) return null;
    const mark = readMarks(this.#folderOf(sutId), recording.id).find((each) => each.at >= at);
    return { recordingId: recording.id, offset: mark?.offset ?? recording.size };
  }

  has(sutId: string, recordingId: string): boolean {
    return hasRecording(this.#folderOf(sutId), recordingId);
  }

  /** For those who follow a live recording. */
  bytes(sutId: string, recordingId: string, piece: { offset: number; length: number }): Buffer {
    return readRecording(this.#folderOf(sutId), recordingId, piece).bytes;
  }

  search(sutId: string, wanted: { text: string; limit: number }): Promise<{ hits: Hit[]; more: boolean }> {
    return searchRecordings(this.#folderOf(sutId), this.recordings(sutId), wanted);
  }

  linesBetween(sutId: string, span: { from: number; to: number; limit: number }) {
    return readLinesBetween(this.#folderOf(sutId), listRecordings(this.#folderOf(sutId), sutId), span);
  }

  end(sutId: string): void {
    clearTimeout(this.#lingering.get(sutId));
    this.#sessions.get(sutId)?.close();
    this.#sessions.delete(sutId);
  }

  close(): void {
    for (const stop of this.#stop) stop();
    for (const id of [...this.#sessions.keys()]) this.end(id);
  }

  #begin(sutId: string): ConsoleSession {
    const { clock, open, note } = this.#services;
    const session = new ConsoleSession({
      sutId,
      folder: this.#folderOf(sutId),
      clock,
      open: (signal) => open(sutId, signal),
      onChange: () => this.#tell(sutId),
      onFound: ({ what, line }) => note({ sutId, who: 'the console', what, message: line }),
    });
    this.#sessions.set(sutId, session);
    return session;
  }

  #leftAlone(sutId: string, session: ConsoleSession): void {
    if (session.readers === 0 && this.#sessions.get(sutId) === session) this.end(sutId);
  }

  #tell(sutId: string): void {
    this.#services.changes.emit('console:changed', { sutId });
  }

  #folderOf(sutId: string): string {
    return join(this.#services.folder, sutId);
  }
}

const CLOSED: ConsoleState = { state: 'closed', why: null, provider: null, recording: null, writer: null, askedBy: null, readers: 0 };
