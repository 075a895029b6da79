import type { EnrolmentState } from '../../src-shared/protocol/link-states.ts';
import type { ReservationState } from '../../src-shared/model/reservation-states.ts';

/** A harness and how far both logs between it and the hub have been counted. Times are UTC ms. */
export interface HarnessTable {
  id: string;
  name: string;
  /** Ed25519, SPKI as base64. */
  public_key: string;
  state: EnrolmentState;
  /** The history that the hub follows; null before the first link. */
  store_gen: string | null;
  /** Facts that are applied or set aside, and the chain there. */
  seq: number;
  chain: string;
  mail_gen: string;
  mail_head: number;
  mail_chain: string;
  mail_acked: number;
  /** The one connection whose writes count; null = none. */
  session: string | null;
  /** 1 = the first fact of this session is applied: mail may go out. */
  opened: number;
  paused: number;
  /** JSON of what its owner lets people bring; null = not said. */
  policy: string | null;
  /** A second home has shown the same key with another history. */
  doubt_since: number | null;
  last_heard: number | null;
  clock_offset: number;
  incarnation: number;
  app_version: string;
  /** IANA; empty = not said, or none that this computer knows. */
  zone: string;
  machine_mark: string;
  presented_at: number;
}

export interface HarnessCodeTable {
  /** sha256 of the code. */
  hash: string;
  made_by: string;
  expires_at: number;
  /** The harness that came with it; it may ask again, nobody else. */
  used_by: string | null;
}

export interface MailItemTable {
  harness_id: string;
  gen: string;
  seq: number;
  nonce: string;
  kind: string;
  body: string;
  chain: string;
}

export interface DirectorySutTable {
  harness_id: string;
  id: string;
  name: string;
  /** JSON of a DirectorySut. */
  body: string;
}

/** A reservation that people of the hub asked for: the wish, and what its harness last said. */
export interface RemoteReservationTable {
  id: string;
  harness_id: string;
  person: string;
  /** JSON of the mail that asks for it; null after the hub was restored and only the harness remembered. */
  asked: string | null;
  asked_at: number;
  mail_gen: string;
  mail_seq: number;
  end_asked_at: number | null;
  /** The last change that was asked for, and what became of it (JSON); both null = none. */
  change_id: string | null;
  change_asked_at: number | null;
  change_refused: string | null;
  /** All null until the harness has said something. */
  state: ReservationState | null;
  revision: number | null;
  fact: string | null;
  told_at: number | null;
}

/** Facts that this version could not understand: kept for whoever looks into it. */
export interface ParkedFactTable {
  harness_id: string;
  store_gen: string;
  seq: number;
  kind: string;
  body: string;
  at: number;
}

export interface LinkTables {
  harness: HarnessTable;
  harness_code: HarnessCodeTable;
  mail_item: MailItemTable;
  directory_sut: DirectorySutTable;
  remote_reservation: RemoteReservationTable;
  parked_fact: ParkedFactTable;
}
