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
}
