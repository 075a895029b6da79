import type { HubContentKind } from '../../src-shared/model/hub-runs.ts';
import type { RemoteRunState } from '../../src-shared/protocol/items.ts';

/** What somebody brought, by its hash: a zip of suites, a wheel, an image. */
export interface TestDataTable {
  id: string;
  kind: HubContentKind;
  name: string;
  /** A login. */
  person: string;
  file_name: string;
  sha256: string;
  size: number;
  /** JSON: what cases the hub found in it by reading. */
  outline: string;
  created_at: number;
}

/** A run that somebody of the hub asked for: the wish, what its harness last said, and how far the copy of its record is. */
export interface RemoteRunTable {
  id: string;
  harness_id: string;
  person: string;
  name: string;
  /** JSON of the mail that asks for it; null after the hub was restored and only the harness remembered. */
  asked: string | null;
  asked_at: number;
  test_data_id: string | null;
  mail_gen: string;
  mail_seq: number;
  stop_asked_at: number | null;
  /** All null until the harness has said something. */
  state: RemoteRunState | null;
  revision: number | null;
  /** JSON of a RunRefusal, and of a Run. */
  refusal: string | null;
  view: string | null;
  told_at: number | null;
  /** JSON of the files that it came to; null until the harness has told them. */
  manifest: string | null;
  /** The hub has all of them. */
  published_at: number | null;
}

/** What somebody has written here: a condition (`body`: YAML) or a plan (`body`: JSON of a HubPlanBody). */
export interface WrittenTable {
  id: string;
  name: string;
  /** A login. */
  person: string;
  body: string;
  changed_at: number;
}

/** What somebody noted on a run, or on one test of it (its long name). */
export interface RunMarkTable {
  id: string;
  run_id: string;
  test: string | null;
  kind: 'comment' | 'label' | 'issue';
  text: string;
  /** A login. */
  person: string;
  at: number;
}

/** An address for pages elsewhere that says how the newest run of a name came out. */
export interface BadgeTable {
  id: string;
  token_hash: string;
  name: string;
  /** A login. */
  person: string;
  created_at: number;
}

export interface RunTables {
  badge: BadgeTable;
  run_mark: RunMarkTable;
  condition: WrittenTable;
  plan: WrittenTable;
  test_data: TestDataTable;
  remote_run: RemoteRunTable;
}
