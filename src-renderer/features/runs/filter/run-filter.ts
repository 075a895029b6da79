import type { RunFilter } from '../../../../src-shared/contract/harness/runs.ts';
import type { RunState, Verdict } from '../../../../src-shared/model/run-states.ts';
import { STATE_WORDS } from '../../../../src-shared/text/words.ts';

/** How a run came out, or that it has not yet. */
export type Outcome = Verdict | 'running';
export const OUTCOMES: readonly Outcome[] = ['running', 'passed', 'failed', 'error', 'stopped', 'lost'];

export const RANGES = { any: 'Any time', today: 'Today', '7d': 'Last 7 days', '30d': 'Last 30 days', '90d': 'Last 90 days' } as const;
export type Range = keyof typeof RANGES;
const DAYS: Readonly<Record<Exclude<Range, 'any'>, number>> = { today: 1, '7d': 7, '30d': 30, '90d': 90 };

/** What the list shows. All of it stands in the address; null and empty do not filter. */
export interface Filter {
  readonly text: string;
  /** Whole days up to now: what the plot spans. */
  readonly range: Range;
  /** A part of that, UTC milliseconds; `to` no longer belongs to it. */
  readonly span: { readonly from: number; readonly to: number } | null;
  readonly name: string | null;
  readonly sut: string | null;
  readonly condition: string | null;
  readonly startedBy: string | null;
  readonly outcome: Outcome | null;
}

/** Filters by one value, and how the address calls them. */
export const CHOICES = { name: 'name', sut: 'sut', condition: 'condition', startedBy: 'by' } as const;
export type Choice = keyof typeof CHOICES;

export const NO_FILTER: Filter = {
  text: '',
  range: 'any',
  span: null,
  name: null,
  sut: null,
  condition: null,
  startedBy: null,
  outcome: null,
};

export function readFilter(search: URLSearchParams): Filter {
  const one = (key: string): string | null => {
    const value = search.get(key);
    return value === null || value === '' ? null : value;
  };
  return {
    text: (search.get('text') ?? '').slice(0, 500),
    range: (Object.keys(RANGES) as Range[]).find((range) => range === search.get('time')) ?? 'any',
    span: spanOf(Number(search.get('from') ?? Number.NaN), Number(search.get('to') ?? Number.NaN)),
    name: one(CHOICES.name),
    sut: one(CHOICES.sut),
    condition: one(CHOICES.condition),
    startedBy: one(CHOICES.startedBy),
    outcome: OUTCOMES.find((outcome) => outcome === search.get('verdict')) ?? null,
  };
}

function spanOf(from: number, to: number): Filter['span'] {
  return Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to ? { from, to } : null;
}

/** Changes the address; what does not filter leaves it, what else stands there stays. */
export function writeFilter(search: URLSearchParams, change: Partial<Filter>): URLSearchParams {
  const filter = { ...readFilter(search), ...change };
  const next = new URLSearchParams(search);
  const values: Readonly<Record<string, string | null>> = {
    text: filter.text,
    time: filter.range === 'any' ? null : filter.range,
    from: filter.span === null ? null : String(filter.span.from),
    to: filter.span === null ? null : String(filter.span.to),
    [CHOICES.name]: filter.name,
    [CHOICES.sut]: filter.sut,
    [CHOICES.condition]: filter.condition,
    [CHOICES.startedBy]: filter.startedBy,
    verdict: filter.outcome,
  };
  for (const [key, value] of Object.entries(values)) {
    if (value === null || value === '') next.delete(key);
    else next.set(key, value);
  }
  return next;
}

/** The first moment of the day that is `days` from the one of `at`; days have 23 to 25 hours. */
export function startOfDay(at: number, days = 0): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime();
}

/** From when a range goes, null for any time. Whole days, so that it stays the same all day long. */
export function beginningOf(range: Range, now: number): number | null {
  return range === 'any' ? null : startOfDay(now, 1 - DAYS[range]);
}

const UNDER_WAY = (Object.keys(STATE_WORDS) as RunState[]).filter((state) => state !== 'ended');

/** As the harness asks for it. */
export function queryOf(filter: Filter, now: number): RunFilter {
  const from = filter.span?.from ?? beginningOf(filter.range, now);
  const { text, name, sut, condition, startedBy, outcome } = filter;
  return {
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(from === null ? {} : { from }),
    ...(filter.span === null ? {} : { to: filter.span.to }),
    ...(name === null ? {} : { name }),
    ...(sut === null ? {} : { sut }),
    ...(condition === null ? {} : { condition }),
    ...(startedBy === null ? {} : { startedBy }),
    ...(outcome === null ? {} : outcome === 'running' ? { states: UNDER_WAY } : { verdicts: [outcome] }),
  };
}

/** One thing that narrows the list: how a person calls it, and how to be without it. */
export interface Narrowing {
  readonly words: string;
  readonly without: Partial<Filter>;
}

export function narrowingsOf(filter: Filter): readonly Narrowing[] {
  const { text, range, span, outcome } = filter;
  const values = (Object.keys(CHOICES) as Choice[]).flatMap((choice): Narrowing[] => {
    const value = filter[choice];
    return value === null ? [] : [{ words: `“${value}”`, without: { [choice]: null } }];
  });
  return [
    ...(text.trim() === '' ? [] : [{ words: `“${text.trim()}”`, without: { text: '' } }]),
    ...(range === 'any' && span === null ? [] : [{ words: 'the time', without: { range: 'any' as const, span: null } }]),
    ...values,
    ...(outcome === null ? [] : [{ words: `“${outcome}”`, without: { outcome: null } }]),
  ];
}
