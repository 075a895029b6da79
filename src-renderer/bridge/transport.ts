import type { ClientContext, ClientLink } from '@orpc/client';

export type Link = ClientLink<ClientContext>;

/** A link that is up; `closed` answers once it is gone, whoever ended it. */
export interface OpenLink {
  readonly link: Link;
  readonly closed: Promise<void>;
}

/** Thrown when trying again cannot help: the harness answers and says no. */
export class RefusedError extends Error {}

/** One way to a harness. `open` rejects when it cannot be had now; trying again is the keeper's matter. */
export interface Transport {
  readonly face: 'desktop' | 'headless';
  readonly open: () => Promise<OpenLink>;
}
