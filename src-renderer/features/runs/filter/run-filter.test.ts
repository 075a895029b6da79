import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginningOf,
  narrowingsOf,
  NO_FILTER,
  OUTCOMES,
  queryOf,
  RANGES,
  readFilter,
  writeFilter,
  type Filter,
  type Range,
} from './run-filter.ts';

// Local time on purpose: ranges are whole days of the reader.
const now = new Date(2026, 10, 24, 14, 32).getTime();

const word = fc.option(fc.string({ minLength: 1, maxLength: 20 }), { nil: null });
const filters: fc.Arbitrary<Filter> = fc.record({
  text: fc.string({ maxLength: 30 }),
  range: fc.constantFrom(...(Object.keys(RANGES) as Range[])),
  span: fc.option(
    fc.tuple(fc.nat(), fc.integer({ min: 1, max: 1e9 })).map(([from, length]) => ({ from, to: from + length })),
    { nil: null },
  ),
  name: word,
  sut: word,
  condition: word,
  startedBy: word,
  outcome: fc.option(fc.constantFrom(...OUTCOMES), { nil: null }),
});

describe('the filter in the address', () => {
  it('comes back as it was, through the text of the address', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const text = writeFilter(new URLSearchParams(), filter).toString();
        expect(readFilter(new URLSearchParams(text))).toEqual(filter);
      }),
    );
  });

  it('is empty when nothing filters, and leaves alone what is not its own', () => {
    expect(writeFilter(new URLSearchParams('text=a&verdict=failed&at=7'), NO_FILTER).toString()).toBe('at=7');
  });

  it('ignores what it cannot understand', () => {
    const search = new URLSearchParams('time=always&from=9&to=3&verdict=great&name=');
    expect(readFilter(search)).toEqual(NO_FILTER);
  });
});

describe('what the harness is asked', () => {
  it('is nothing for no filter', () => expect(queryOf(NO_FILTER, now)).toEqual({}));

  it('takes whole days, today included', () => {
    expect(queryOf({ ...NO_FILTER, range: '7d' }, now)).toEqual({ from: new Date(2026, 10, 18).getTime() });
    expect(beginningOf('today', now)).toBe(new Date(2026, 10, 24).getTime());
  });

  it('takes the part of a range rather than the range', () => {
    expect(queryOf({ ...NO_FILTER, range: '7d', span: { from: 5, to: 9 } }, now)).toEqual({ from: 5, to: 9 });
  });

  it('knows that running is a state, not a verdict', () => {
    expect(queryOf({ ...NO_FILTER, outcome: 'failed' }, now)).toEqual({ verdicts: ['failed'] });
    const { states, verdicts } = queryOf({ ...NO_FILTER, outcome: 'running' }, now);
    expect([verdicts, states?.includes('queued'), states?.includes('ended')]).toEqual([undefined, true, false]);
  });
});

it('names each thing that narrows the list, and is without it', () => {
  const filter: Filter = { ...NO_FILTER, text: ' fan ', sut: 'dl380-07', range: '7d', outcome: 'lost' };
  const narrowings = narrowingsOf(filter);
  expect(narrowings.map(({ words }) => words)).toEqual(['“fan”', 'the time', '“dl380-07”', '“lost”']);
  const without = narrowings.reduce<Filter>((rest, narrowing) => ({ ...rest, ...narrowing.without }), filter);
  expect(without).toEqual(NO_FILTER);
});
