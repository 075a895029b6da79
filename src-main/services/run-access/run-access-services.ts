import type { ConsoleState, Recording } from '../../../src-shared/model/console.ts';
import type { EventLog, Sensor } from '../../../src-shared/model/machine.ts';
import type { Sut } from '../../../src-shared/model/sut.ts';
import type { Changes } from '../../changes.ts';
import type { ReadableStore } from '../../store/handle.ts';

/** A machine of a run, as it was named when the run was started. */
export interface RunMember {
  id: string;
  name: string;
  role: 'sut' | 'environment';
}

/** A run that is given access. */
export interface AdmittedRun {
  id: string;
  name: string;
  /** When it left the queue, UTC ms. */
  startedAt: number;
  folder: string;
  members: readonly RunMember[];
}

/** A run that has access now. */
export interface RunEntry extends AdmittedRun {
  /** The run has ended, or the harness closes. */
  leaving: AbortSignal;
  /** How to leave each console that is kept open for it, by SUT. */
  consoles: Map<string, () => void>;
  /** Deeds under way by their key. */
  underway: Map<string, Promise<unknown>>;
}

/** What changes a machine, as the services of people have it. */
export type MachineDeed =
  | { capability: 'power'; action: 'set'; args: { action: 'on' | 'off' | 'cycle' | 'reset' | 'soft' } }
  | {
      capability: 'bootDevice';
      action: 'set';
      args: { device: 'none' | 'pxe' | 'disk' | 'cdrom' | 'usb' | 'bios' | 'http'; lasting: 'once' | 'always' };
    }
  | { capability: 'virtualMedia'; action: 'insert'; args: { image: string; drive?: string } }
  | { capability: 'virtualMedia'; action: 'eject'; args: { drive?: string } }
  | { capability: 'sel'; action: 'clear'; args: Record<string, never> };

/** What the history and the fence need to know of a deed. */
export interface DeedTold {
  key: string;
  fence: string;
  runId: string;
  who: string;
  what: string;
  why: string;
}

export interface Machines {
  find(id: string): Sut;
  power(id: string, signal: AbortSignal): Promise<{ on: boolean }>;
  sensors(id: string, signal: AbortSignal): Promise<Sensor[]>;
  eventLog(id: string, signal: AbortSignal): Promise<EventLog>;
  /** The row in the history has `key` as its id; `fence` goes with the command. */
  operate(id: string, deed: MachineDeed, told: DeedTold): Promise<void>;
}

export interface Consoles {
  attach(sutId: string): () => void;
  state(sutId: string): ConsoleState;
  recordings(sutId: string): Recording[];
  has(sutId: string, recordingId: string): boolean;
  bytes(sutId: string, recordingId: string, piece: { offset: number; length: number }): Buffer;
  placeAt(sutId: string, at: number): { recordingId: string; offset: number } | null;
  typeForRun(sutId: string, text: string, who: string): { written: number };
}

export interface Listener {
  /** http://127.0.0.1:PORT */
  url: string;
  close(): Promise<void>;
}

export interface RunAccessServices {
  store: ReadableStore;
  changes: Changes;
  machines: Machines;
  consoles: Consoles;
  /** Begins to listen on loopback; `find` says whose token it is. */
  listen(find: (token: string) => RunEntry | undefined): Promise<Listener>;
}
