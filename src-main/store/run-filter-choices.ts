import type { RunFilterChoices } from '../../src-shared/contract/harness/runs.ts';
import type { z } from 'zod';
import type { ReadableStore } from './handle.ts';

/** A menu longer than this is a search. */
const MOST_CHOICES = 1000;

export function filterChoices(store: ReadableStore): z.infer<typeof RunFilterChoices> {
  const list = (sql: string) => store.prepare<[number], string>(`${sql} LIMIT ?`).pluck().all(MOST_CHOICES);
  return {
    names: list('SELECT DISTINCT name FROM run ORDER BY name'),
    suts: list('SELECT DISTINCT name FROM run_sut ORDER BY name'),
    conditions: list('SELECT DISTINCT condition FROM run WHERE condition IS NOT NULL ORDER BY condition'),
    startedBy: list('SELECT DISTINCT started_by FROM run ORDER BY started_by'),
  };
}
