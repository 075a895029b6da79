import type { SutEvent } from '../../src-shared/model/sut-state.ts';
import type { ReadableStore } from './handle.ts';

type RawEvent = Omit<SutEvent, 'attempts' | 'sutId'> & { attempts: string };

/** What was noted, the holds that people had of it and the runs that used it, each told once, from where it is kept. */
const HISTORY = `
  SELECT id, number, at, who, what, why, outcome, message, provider, took_ms AS tookMs, attempts FROM sut_event WHERE sut_id = @sutId
  UNION ALL
  SELECT 'hold ' || r.id, 0, r.begin_at, r.holder, 'hold begun', nullif(r.purpose, ''), 'noted', NULL, NULL, NULL, '[]'
    FROM reservation_sut AS s JOIN reservation AS r ON r.number = s.reservation
    WHERE s.sut_id = @sutId AND r.begin_at IS NOT NULL AND (r.state IN ('active', 'ending') OR (r.state = 'ended' AND r.end_at > r.begin_at))
  UNION ALL
  SELECT 'hold over ' || r.id, 0, r.end_at, r.holder, 'hold over', NULL, 'noted', r.reason, NULL, NULL, '[]'
    FROM reservation_sut AS s JOIN reservation AS r ON r.number = s.reservation
    WHERE s.sut_id = @sutId AND r.state = 'ended' AND r.end_at > r.begin_at
  UNION ALL
  SELECT 'run ' || run.id, 0, run.started_at, run.started_by, 'run ' || run.name || ' begun', NULL, 'noted', NULL, NULL, NULL, '[]'
    FROM run_sut AS s JOIN run ON run.number = s.run WHERE s.sut_id = @sutId AND run.started_at IS NOT NULL
  UNION ALL
  SELECT 'run over ' || run.id, 0, run.ended_at, run.started_by, 'run ' || run.name || ' over', NULL, 'noted', run.verdict, NULL, NULL, '[]'
    FROM run_sut AS s JOIN run ON run.number = s.run
    WHERE s.sut_id = @sutId AND run.started_at IS NOT NULL AND run.ended_at IS NOT NULL`;

/** Everything that happened to a SUT, newest first; `before` is the id of the last one that is known already. */
export function listSutHistory(store: ReadableStore, page: { sutId: string; before?: string | undefined; limit: number }): SutEvent[] {
  return store
    .prepare<[{ sutId: string; before: string | null; limit: number }], RawEvent>(
      `WITH history AS (${HISTORY})
       SELECT id, at, who, what, why, outcome, message, provider, tookMs, attempts FROM history
       WHERE @before IS NULL OR (at, number, id) < (SELECT at, number, id FROM history WHERE id = @before)
       ORDER BY at DESC, number DESC, id DESC LIMIT @limit`,
    )
    .all({ ...page, before: page.before ?? null })
    .map((row) => ({ ...row, sutId: page.sutId, attempts: JSON.parse(row.attempts) as SutEvent['attempts'] }));
}
