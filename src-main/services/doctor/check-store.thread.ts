import { workerData } from 'node:worker_threads';
import { storeFigures, storeSchema } from '../../store/doctor-facts.ts';
import { checkTable, countOrphanRows, listMentionedHashes, listTables } from '../../store/integrity.ts';
import { openForReading } from '../../store/open.ts';
import { serveQueries } from '../../workers/serve-queries.ts';

export interface CheckStoreSettings {
  file: string;
  nativeBinding: string | null;
}

const { file, nativeBinding } = workerData as CheckStoreSettings;
const store = openForReading(file, nativeBinding ?? undefined);

const queries = {
  tables: () => listTables(store),
  /** A sentence for each thing that is wrong. */
  check: ({ table, whole }: { table: string; whole: boolean }): string[] => [
    ...checkTable(store, table, whole),
    ...countOrphanRows(store, table).map(({ parent, rows }) => `${rows} rows of ${table} refer to a ${parent} that is not there.`),
  ],
  figures: () => ({ figures: storeFigures(store), schema: storeSchema(store) }),
  mentioned: () => listMentionedHashes(store),
};
export type CheckStoreQueries = typeof queries;

serveQueries(queries);
