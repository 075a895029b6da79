import type { HubStore } from '../store/tables.ts';

/** What the services of people work with. */
export interface PeopleServices {
  store: HubStore;
  /** UTC ms. */
  now(): number;
  /** Told the sessions that are over, so that their pages are cut off at once. */
  ended(sessionIds: string[]): void;
  /** Told who may no longer have anything at the labs, or may again. */
  barred(login: string, off: boolean): Promise<void>;
}
