import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from './open.ts';
import { addSutEvent } from './sut-events.ts';
import { listSutHistory } from './sut-history.ts';

it('tells what was noted, who held it and which run used it, in the order in which it happened, page by page', () => {
  const home = mkdtempSync(join(tmpdir(), 'atn-history-'));
  const { write } = openStore({ file: join(home, 'harness.db'), backups: home, now: 1 });
  write.exec(`
    INSERT INTO sut (id, name, name_key, role, information, tags, maintained_by, endpoints, created_at, changed_at)
      VALUES ('s', 'node', 'node', 'sut', '[]', '[]', 'ada', '[]', 1, 1);
    INSERT INTO reservation (id, holder, requested_by, purpose, state, begin_at, end_at, reason_code, reason, requested_at, changed_at) VALUES
      ('r1', 'bob', 'bob', 'fan curves', 'ended', 20, 50, 'released', 'bob released it.', 10, 50),
      ('r2', 'eve', 'eve', '', 'granted', 900, 950, NULL, NULL, 10, 10),
      ('r3', 'eve', 'eve', '', 'active', 60, NULL, NULL, NULL, 10, 60);
    INSERT INTO reservation_sut (reservation, ordinal, sut_id, name) SELECT number, 0, 's', 'node' FROM reservation;`);
  for (const [id, at, what] of [
    ['a', 10, 'added'],
    ['b', 30, 'power cycle'],
    ['c', 30, 'power off'],
  ] as const)
    addSutEvent(write, {
      id,
      at,
      what,
      sutId: 's',
      who: 'bob',
      why: null,
      outcome: 'done',
      message: null,
      provider: null,
      tookMs: null,
      attempts: [],
    });

  const all = listSutHistory(write, { sutId: 's', limit: 50 });
  expect(all.map(({ at, who, what, why, message }) => [at, who, what, why ?? message])).toEqual([
    [60, 'eve', 'hold begun', null],
    [50, 'bob', 'hold over', 'bob released it.'],
    [30, 'bob', 'power off', null],
    [30, 'bob', 'power cycle', null],
    [20, 'bob', 'hold begun', 'fan curves'],
    [10, 'bob', 'added', null],
  ]);
  const pages = [];
  for (let before: string | undefined; ;) {
    const page = listSutHistory(write, { sutId: 's', before, limit: 2 });
    if (page.length === 0) break;
    pages.push(...page);
    before = page.at(-1)?.id;
  }
  expect(pages).toEqual(all);
  expect(listSutHistory(write, { sutId: 'other', limit: 5 })).toEqual([]);
});
