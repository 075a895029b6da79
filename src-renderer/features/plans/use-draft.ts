import { useState } from 'react';
import type { TestData } from '../../../src-shared/model/test-data.ts';
import { readRemembered, remember } from '../../kit/remembered.ts';
import { EMPTY_DRAFT, type Draft } from './model/draft.ts';

/** A condition longer than this is not kept for the next time, in characters. */
const MOST_KEPT = 100_000;

/** What the address asks for. Suites and tests are told apart once the tree is known. */
export interface Preset {
  readonly revision: string | null;
  readonly suites: readonly string[];
  readonly tests: readonly string[];
  readonly include: readonly string[];
}

export type ChangeDraft = (part: Partial<Draft>) => void;

/** The last choice for these test data on this computer, changed in place; begins with the newest revision and what the address asks for. */
export function useDraft({ id, newest }: TestData, preset: Preset): readonly [Draft, ChangeDraft] {
  const key = `new-run.${id}`;
  const [draft, setDraft] = useState<Draft>(() => ({
    ...EMPTY_DRAFT,
    ...readRemembered<Partial<Draft>>(key, {}),
    revision: preset.revision === newest.hash ? null : preset.revision,
    ...(preset.suites.length + preset.tests.length + preset.include.length === 0
      ? {}
      : { picks: null, include: preset.include, exclude: [] }),
  }));
  const change: ChangeDraft = (part) => {
    const next = { ...draft, ...part };
    setDraft(next);
    remember(key, next.condition !== null && next.condition.yaml.length > MOST_KEPT ? { ...next, condition: null } : next);
  };
  return [draft, change];
}
