import type { ClientContext, ClientLink } from '@orpc/client';

export type Link = ClientLink<ClientContext>;

/** A link that is up; `closed` answers once it is gone, whoever ended it. */
export interface OpenLink {
  readonly link: Link;
  readonly closed: Promise<void>;
}

/** Thrown when trying again cannot help: the harness answers and says no. */
export class RefusedError extends Error {}

/** The link is lost or was not there: nothing is wrong with what was asked, and it may be asked again once the harness is back. */
export class AwayError extends Error {
  readonly code = 'OFFLINE';

  constructor() {
    super('The harness does not answer now.');
  }
}

/** One way to a harness. `open` rejects when it cannot be had now; trying again is the keeper's matter. */
export interface Transport {
  readonly face: 'desktop' | 'headless';
  readonly open: () => Promise<OpenLink>;
}
