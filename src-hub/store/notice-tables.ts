import type { DeliveryState } from '../../src-shared/model/after-try.ts';
import type { HubNoticeKind } from '../../src-shared/model/hub-notice.ts';

/** What people are told of. A person is told once of what has the same key. */
export interface NoticeTables {
  notice: {
    id: string;
    /** Login. */
    person: string;
    kind: HubNoticeKind;
    key: string;
    subject: string;
    /** JSON of a HubNoticeBody. */
    body: string;
    at: number;
    read_at: number | null;
  };
  /** A webhook that hears of notices. */
  notice_hook: {
    id: string;
    /** Login of who made it; without a group, whose notices it hears of. */
    person: string;
    group_id: string | null;
    name: string;
    url: string;
    /** Messages are signed with it. */
    signing_key: string;
    /** Kinds, space-separated. */
    told_of: string;
    made_at: number;
  };
  notice_delivery: {
    id: string;
    hook_id: string;
    notice_id: string;
    state: DeliveryState;
    tries: number;
    /** Of the next try; null when there is none. */
    next_at: number | null;
    problem: string | null;
  };
}
