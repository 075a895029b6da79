import type { LaneCursor, LanePart } from '@atn/run-record';
import type { Artefact, Run, RunRequest } from '../../../../src-shared/model/run.ts';
import type { Caller } from '../../caller.ts';

/** What runs from afar need of the rest of the harness: they go the way of every other run. */
export interface RemoteRunDeeds {
  /** Throws what a start throws: PREFLIGHT_FAILED with every reason, NOT_RESERVED, SUT_BUSY … */
  start(request: RunRequest, caller: Caller): Promise<Run>;
  rerun(request: { id: string; failedOnly: boolean; requestKey: string }, caller: Caller): Promise<Run>;
  stop(request: { id: string; reason: string; now: boolean }, caller: Caller): Promise<Run>;
  /** Undefined when it was removed here. */
  find(runId: string): Run | undefined;
  /** Brings a zip in as the newest revision of its name. */
  importZip(zip: { path: string; name: string; place: string }, caller: Caller): Promise<{ testDataId: string; revision: string }>;
  /** Adds a wheel to the libraries, or a requirement that the lab's index answers. */
  addLibrary(from: { wheel: string } | { requirement: string }, caller: Caller): Promise<{ libraryId: string; versionId: string }>;
  /** The name under which an image with this content is here; null = it is not. */
  findImage(sha256: string): string | null;
  /** Brings an image in, and answers its name. Throws DISK_FULL, CONFLICT. */
  importImage(image: { path: string; name: string; revision: string; sha256: string }, caller: Caller): Promise<string>;
  hasRevision(testDataId: string, revision: string): boolean;
  /** Rows of its record behind the cursor; null while there is no record. */
  lane(runId: string, cursor: LaneCursor): Promise<LanePart | null>;
  /** Where the console of the run is written. */
  consoleFile(runId: string): string;
  /** Files of the report, each with its hash and where it lies; `dispose` ends what was copied for it. */
  collect(runId: string): Promise<{ files: CollectedFile[]; dispose: () => Promise<void> }>;
}

export interface CollectedFile {
  artefact: Artefact & { sha256: string };
  file: string;
}
