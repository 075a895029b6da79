import { createAdapter } from '@socket.io/postgres-adapter';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPostgres, type Postgres } from '../../e2e/lab/postgresql.ts';
import { openCallPool } from '../store/open-store.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

it('closes although who listens for calls was only about to get its connection', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const { pool, close } = await openCallPool(postgres.url);
    const io = new Server(createServer(), { adapter: createAdapter(pool) });
    // At another moment of its beginning each time.
    for (let tick = 0; tick < turn * 2; tick += 1) await new Promise((resolve) => setImmediate(resolve));
    await io.of('/').adapter.close();
    await close();
    expect(pool.totalCount).toBe(0);
  }
});
