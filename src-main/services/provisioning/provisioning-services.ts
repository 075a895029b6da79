import type { ImageKind } from '../../../src-shared/model/image.ts';
import type { ImageSource } from '../../../src-shared/model/recipe.ts';
import type { RevisionFile } from '../../../src-shared/model/test-data.ts';
import type { Action, Args, Asked, Value, VirtualDrive } from '../../drivers/capabilities.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { WritableStore } from '../../store/handle.ts';
import type { SutRow } from '../../store/suts.ts';
import type { StayingMedia } from './staying-media.ts';
import type { ReadyOptions } from './wanted-image.ts';

/** An image of the library. */
export interface KnownImage {
  name: string;
  sha256: string;
  size: number;
  kind: ImageKind;
}

/** An image that a machine can fetch as long as the grant lasts. */
export interface Served {
  url: string;
  /** Bytes that were fetched so far. */
  fetched(): number;
  /** Resolves when all that was fetched is counted. */
  revoke(): Promise<void>;
}

export interface AnswerBytes {
  path: string;
  bytes: Uint8Array;
}

export interface ServeRequest {
  name: string;
  sut: Pick<SutRow, 'id' | 'name'>;
  runId: string | null;
  /** A file of this computer, bytes that are nowhere else, several of them by their paths, or an address that only has to be asked for. */
  from:
    | { file: string; part?: { offset: number; length: number } }
    | { bytes: Uint8Array }
    | { files: readonly AnswerBytes[] }
    | { callBack: true };
  /** For a start from the network; `target`: it is the script, told to the machine that is known by these. */
  network?: { target: { uuids: readonly string[]; macs: readonly string[] } | null };
}

/** A file inside an image of a kernel with its RAM disks. */
interface BootFile {
  name: string;
  offset: number;
  length: number;
}

/** Who acts on a machine: history and fence name it. */
export interface Actor {
  runId: string;
  /** As the history of the SUT says it. */
  who: string;
  /** The fence of the run's lease; null where what is in force is to be taken, as at the end of a hold. */
  fence: string | null;
  /** Asked again and again: not for the history. */
  quiet?: true;
}

export interface Deed<C extends Asked = Asked, A extends Action<C> = Action<C>> {
  sutId: string;
  capability: C;
  action: A;
  args: Args<C, A>;
  what: string;
  /** What may take longer than machines usually do, or be stopped in the middle: ms, and who stops it. */
  limit?: { ms: number; signal: AbortSignal };
}

/** Machines, as far as a provisioning needs them; joined with what people use, so that history, fences and attempts are the same. */
export interface Machines {
  change<C extends Asked, A extends Action<C>>(deed: Deed<C, A>, actor: Actor): Promise<Value<C, A>>;
  isOn(sutId: string, signal: AbortSignal): Promise<boolean>;
  drives(sutId: string, signal: AbortSignal): Promise<VirtualDrive[]>;
  /** The fingerprint that the machine's SSH shows now, whatever is known of it. */
  hostKey(sut: SutRow, signal: AbortSignal): Promise<string>;
  acceptHostKey(sut: SutRow, fingerprint: string, actor: Actor): void;
  /** Tries a password or key that was refused again. */
  forgive(sut: SutRow): void;
}

/** A Robot suite that is a step of a recipe. */
export interface SuiteTask {
  sut: Pick<SutRow, 'id' | 'name'>;
  ordinal: number;
  suite: string;
  variables: Readonly<Record<string, string>>;
  limitMs: number;
  /** It is stopped; its tear-down is waited for. */
  signal: AbortSignal;
}

/** Runs suites in the environment of the run, with the library ATN; services/runs does. */
export interface ProvisioningSuites {
  /** Answers what came of it, in words; throws what failed. */
  run(task: SuiteTask): Promise<string>;
  /** Waits for one that a harness before this one has started; null when it did not come to that. */
  goOn(task: SuiteTask): Promise<string | null>;
  /** Stops what of them still runs for a SUT. */
  end(sutId: string): Promise<void>;
}

/** The consoles of all machines: recorded by their broker. */
export interface Consoles {
  /** Keeps the console open until the answered function is called. */
  attach(sutId: string): () => void;
  isOpen(sutId: string): boolean;
  /** The recording that goes on, and where it ends now; null before the console is open. */
  live(sutId: string): { recordingId: string; size: number } | null;
  bytes(sutId: string, recordingId: string, piece: { offset: number; length: number }): Buffer;
}

/** What provisioning works with; src-main/join-provisioning.ts joins it. */
export interface ProvisioningServices {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  content: { put(text: string): Promise<string>; read(sha256: string): Promise<string> };
  revision: {
    files(revision: string): Promise<RevisionFile[]>;
    text(file: RevisionFile): Promise<string | null>;
  };
  images: {
    find(name: string): KnownImage | undefined;
    /** What an image from an address will be called, and why it cannot be fetched, as far as that is known before. `name`: what somebody calls it. */
    foresee(source: ImageSource & { name: string | null }): { name: string; problem: string | null };
    /** Resolves when it is in the library. Throws PROVISIONING_FAILED with the reason why it is not. */
    fetch(image: ImageSource & { name: string }, options: ReadyOptions): Promise<void>;
    /** Where the image lies; hashed from its first byte to its last, and refused when one is another than was imported. */
    verified(sha256: string, signal: AbortSignal): Promise<string>;
    /** Where kernel and RAM disks lie in it. */
    bootFiles(file: string): Promise<{ kernel: BootFile; initrds: BootFile[] }>;
  };
  machines: Machines;
  consoles: Consoles;
  serve(request: ServeRequest): Promise<Served>;
  /** Why nothing could be served to a SUT, a sentence; null: it could. */
  serveProblem(sut: Pick<SutRow, 'id'>): Promise<string | null>;
  /** Secret fields of a SUT by their keys, for the moment they are used. */
  secretsOf(sut: SutRow): Promise<Record<string, string>>;
  /** The private key of a SUT's SSH endpoint; null when it has a password or nothing. */
  privateKeyOf(sut: SutRow): Promise<string | null>;
  staying: StayingMedia;
  /** Takes over what a kept machine runs from: served, and in its drive where `inserted` says so, until nobody holds the machine any more. */
  keepMedia(kept: {
    sutId: string;
    runId: string;
    inserted: { image: string; sha256: string; address: string } | null;
    revoke: () => Promise<void>;
  }): void;
  quarantine(sutId: string, evidence: string, runId: string): void;
  /** ms between two looks at a machine that is waited for. */
  paceMs: number;
}
