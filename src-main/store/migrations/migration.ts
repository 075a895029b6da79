import type { WritableStore } from '../handle.ts';

/** One step of the schema, for ever: a migration that was released is never edited, the next one corrects it. */
export interface Migration {
  /** Grows by tens, so that a fix can go in between; also the order. */
  id: number;
  name: string;
  sql: string;
  /** Data to move after `sql`, in the same transaction. */
  move?: (store: WritableStore) => void;
}
