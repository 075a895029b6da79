/** People and the ways in which they come in. Of secrets only hashes are kept. */
export interface PeopleTables {
  person: {
    id: string;
    /** What is typed to sign in; lower case. */
    login: string;
    name: string;
    /** admin, operator or tester. */
    role: string;
    /** argon2id in PHC form; null = signs in by another way. */
    password_hash: string | null;
    /** 1 = may not come in. */
    disabled: number;
    created_at: number;
  };
  session: {
    id: string;
    /** sha256 of the cookie. */
    token_hash: string;
    person_id: string;
    created_at: number;
    last_seen_at: number;
    expires_at: number;
    /** From where and with what, so that people know their sessions. */
    address: string;
    agent: string;
  };
  token: {
    id: string;
    token_hash: string;
    person_id: string;
    name: string;
    /** Space-separated. */
    scopes: string;
    created_at: number;
    expires_at: number;
    last_used_at: number | null;
  };
  invitation: {
    id: string;
    token_hash: string;
    role: string;
    /** For whom; a note of the one who invites. */
    note: string;
    invited_by: string | null;
    created_at: number;
    expires_at: number;
    /** Set once; a used invitation stays for the record. */
    used_by: string | null;
    used_at: number | null;
  };
  /** Who somebody is at an outside provider. */
  identity: {
    issuer: string;
    subject: string;
    person_id: string;
    linked_at: number;
  };
  /** A sign-in at the provider that is under way. */
  sign_in_attempt: {
    /** sha256 of the state that the browser brings back. */
    state_hash: string;
    verifier: string;
    nonce: string;
    /** Who was signed in already and links the two. */
    person_id: string | null;
    expires_at: number;
  };
  person_group: {
    id: string;
    name: string;
    created_at: number;
  };
  group_member: {
    group_id: string;
    person_id: string;
    /** 1 = the provider says so, and takes it back at a later sign-in. */
    provided: number;
  };
  audit: {
    id: string;
    at: number;
    person_id: string | null;
    /** As the person was called then. */
    person_name: string;
    deed: string;
    subject: string;
    outcome: string;
    address: string;
  };
}
