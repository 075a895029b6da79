import type { ReadableStore, WritableStore } from './handle.ts';

export interface RefusedLogin {
  /** Id of the endpoint. */
  endpoint: string;
  mark: string;
  refusals: number;
}

export function listRefusedLogins(store: ReadableStore): RefusedLogin[] {
  return store.prepare<[], RefusedLogin>('SELECT endpoint, mark, refusals FROM refused_login').all();
}

export function saveRefusedLogin(store: WritableStore, login: RefusedLogin, now: number): void {
  store
    .prepare(
      `INSERT INTO refused_login (endpoint, mark, refusals, at) VALUES (@endpoint, @mark, @refusals, @now)
       ON CONFLICT (endpoint) DO UPDATE SET mark = @mark, refusals = @refusals, at = @now`,
    )
    .run({ ...login, now });
}

export function forgetRefusedLogin(store: WritableStore, endpoint: string): void {
  store.prepare('DELETE FROM refused_login WHERE endpoint = ?').run(endpoint);
}
