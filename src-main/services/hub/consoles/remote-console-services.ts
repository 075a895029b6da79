import type { ConsoleState } from '../../../../src-shared/model/console.ts';
import type { Caller } from '../../caller.ts';

/** What is done with consoles for remote people: the deeds of `services/consoles`, joined from there. */
export interface ConsoleDeeds {
  /** Keeps the console open until the answered function is called. */
  attach(sutId: string): () => void;
  state(sutId: string): ConsoleState;
  bytes(sutId: string, recordingId: string, piece: { offset: number; length: number }): Buffer;
  takeWriter(sutId: string, confirmed: boolean, caller: Caller): ConsoleState;
  releaseWriter(sutId: string, caller: Caller): ConsoleState;
  write(sutId: string, text: string, caller: Caller): { written: number };
  /** Into the history of the machine. */
  note(event: { sutId: string; who: string; what: string }): void;
}
