import { HISTORY_KINDS, type HistoryKind } from '../../../src-shared/model/history.ts';

export const KIND_WORDS: Readonly<Record<HistoryKind, string>> = {
  test: 'Case',
  plan: 'Plan',
  sut: 'SUT',
  condition: 'Condition',
  library: 'Library',
  name: 'Run',
};

export interface Subject {
  readonly kind: HistoryKind;
  readonly key: string;
}

/** What the address is about; null: the overview. */
export function readSubject(search: URLSearchParams): Subject | null {
  const kind = HISTORY_KINDS.find((each) => each === search.get('kind'));
  const key = search.get('key');
  return kind === undefined || key === null || key === '' ? null : { kind, key };
}

export const percent = (share: number | null): string => (share === null ? 'no pairs yet' : `${Math.round(share * 1000) / 10} %`);
