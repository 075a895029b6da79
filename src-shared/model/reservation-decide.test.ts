import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, decide, inTurn, type Hold, type Outcome, type Situation, type Wish } from './reservation-decide.ts';
import { effectOfEnd } from './reservation-end.ts';
import { OPEN_END } from './reservation-timeline.ts';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;

const wish = (id: string, more: Partial<Wish> = {}): Wish => {
  const candidates = more.candidates ?? ['a'];
  return {
    id,
    holder: id,
    candidates,
    count: more.count ?? candidates.length,
    durationMs: 60 * MINUTE,
    begin: null,
    priority: 0,
    arrival: Number(id.replace(/\D/gu, '')) || 0,
    arrivedAt: NOW,
    ifBusy: 'wait',
    gapUntil: null,
    ...more,
  };
};
const hold = (id: string, sutIds: string[], times: [begin: number, end: number]): Hold => ({
  id,
  holder: id,
  sutIds,
  begin: times[0],
  end: times[1],
  state: 'active',
});
const decided = (wishes: Wish[], holds: Hold[] = [], policy = DEFAULT_POLICY) =>
  new Map(decide({ wishes, holds, policy, now: NOW }).map((outcome) => [outcome.wish.id, outcome]));
const minutes = (outcome: Outcome | undefined) => (outcome?.slot == null ? null : (outcome.slot.begin - NOW) / MINUTE);

describe('who gets which machine when', () => {
  it('grants what is free, now and later; half open, so that one may begin when another ends', () => {
    const found = decided(
      [wish('w1'), wish('w2', { candidates: ['b'], begin: NOW + 60 * MINUTE })],
      [hold('h', ['b'], [NOW, NOW + 60 * MINUTE])],
    );
    expect([found.get('w1')?.kind, found.get('w2')?.kind]).toEqual(['granted', 'granted']);
  });
  it('takes all machines of a wish or none', () => {
    const found = decided([wish('w1', { candidates: ['a', 'b'] })], [hold('h', ['b'], [NOW, NOW + 30 * MINUTE])]);
    expect(found.get('w1')).toMatchObject({ kind: 'waiting', position: 1 });
    expect(minutes(found.get('w1'))).toBe(30);
    expect(found.get('w1')?.inTheWay.map(({ id }) => id)).toEqual(['h']);
  });
  it('lets a small one past a big one only where it is over before the big one begins', () => {
    const holds = [hold('h', ['b'], [NOW, NOW + 60 * MINUTE])];
    const big = wish('w1', { candidates: ['a', 'b'] });
    expect(decided([big, wish('w2', { durationMs: 60 * MINUTE })], holds).get('w2')?.kind).toBe('granted');
    const late = decided([big, wish('w2', { durationMs: 61 * MINUTE })], holds).get('w2');
    expect([late?.kind, minutes(late)]).toEqual(['waiting', 120]);
  });
  it('lets nobody past one who waits for a hold without end, but for one gap where the policy has one', () => {
    const holds = [hold('h', ['b'], [NOW, OPEN_END])];
    const big = wish('w1', { candidates: ['a', 'b'] });
    const small = wish('w2', { durationMs: 10 * MINUTE });
    expect(decided([big, small], holds).get('w2')).toMatchObject({ kind: 'waiting', slot: null });
    const policy = { ...DEFAULT_POLICY, gapMinutes: 15 };
    const gapped = decided([big, small], holds, policy);
    expect(gapped.get('w2')?.kind).toBe('granted');
    expect(gapped.get('w1')).toMatchObject({ kind: 'waiting', gapUntil: NOW + 15 * MINUTE });
    const again = decided([{ ...big, gapUntil: NOW + 5 * MINUTE }, small], holds, policy);
    expect(again.get('w2')?.kind).toBe('waiting');
  });
  it('refuses instead of waiting where that is wanted, and says who is in the way', () => {
    const found = decided([wish('w1', { ifBusy: 'refuse' })], [hold('h', ['a'], [NOW, OPEN_END])]);
    expect(found.get('w1')).toMatchObject({ kind: 'refused', inTheWay: [{ holder: 'h' }] });
  });
  it('takes any that fit a need, and those that are free first', () => {
    const found = decided([wish('w1', { candidates: ['a', 'b', 'c'], count: 2 })], [hold('h', ['a'], [NOW, OPEN_END])]);
    expect(found.get('w1')?.slot?.sutIds).toEqual(['b', 'c']);
  });
  it('goes by class, then by arrival; a day of waiting is worth a class', () => {
    const order = (wishes: Wish[]) => inTurn({ wishes, holds: [], policy: DEFAULT_POLICY, now: NOW }).map(({ id }) => id);
    expect(order([wish('w1'), wish('w2', { priority: 1 }), wish('w3')])).toEqual(['w2', 'w1', 'w3']);
    const day = 24 * 60 * MINUTE;
    expect(order([wish('w9', { arrivedAt: NOW - day }), wish('w1', { priority: 1 })])).toEqual(['w1', 'w9']);
    expect(order([wish('w9', { arrivedAt: NOW - 2 * day }), wish('w1', { priority: 1 })])).toEqual(['w9', 'w1']);
  });
});

const suts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const someSuts = fc.subarray(suts, { minLength: 1, maxLength: 4 });
const length = fc.option(fc.integer({ min: 1, max: 12 }), { nil: null, freq: 4 });

/** Holds that do not overlap on any machine, as the invariant says, and wishes of any kind. Times are small whole numbers from 0. */
const situations = fc
  .record({
    holds: fc.array(fc.record({ sutIds: someSuts, begin: fc.integer({ min: 0, max: 20 }), length }), { maxLength: 10 }),
    wishes: fc.array(
      fc.record({
        candidates: someSuts,
        need: fc.boolean(),
        begin: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
        length,
        priority: fc.integer({ min: -1, max: 2 }),
        ifBusy: fc.constantFrom('wait' as const, 'wait' as const, 'refuse' as const),
      }),
      { maxLength: 12 },
    ),
    gapMinutes: fc.constantFrom(0, 0, 1),
    now: fc.integer({ min: 0, max: 10 }),
  })
  .map(({ holds, wishes, gapMinutes, now }): Situation => {
    const kept: Hold[] = [];
    for (const [index, { sutIds, begin, length: long }] of holds.entries()) {
      const end = long === null ? OPEN_END : begin + long;
      if (end <= now || kept.some((other) => overlaps(other, { sutIds, begin, end }))) continue;
      kept.push({ id: `h${index}`, holder: `h${index}`, sutIds, begin, end, state: begin <= now ? 'active' : 'granted' });
    }
    return {
      holds: kept,
      wishes: wishes.map((one, index) =>
        wish(`w${index}`, {
          candidates: one.candidates,
          count: one.need ? 1 : one.candidates.length,
          begin: one.begin,
          durationMs: one.length,
          priority: one.priority,
          ifBusy: one.ifBusy,
          arrivedAt: 0,
        }),
      ),
      policy: { gapMinutes: gapMinutes / 20_000, raiseAfterMs: 1e9 },
      now,
    };
  });

type Taken = Pick<Hold, 'sutIds' | 'begin' | 'end'>;
function overlaps(a: Taken, b: Taken): boolean {
  return a.sutIds.some((sut) => b.sutIds.includes(sut)) && a.begin < b.end && b.begin < a.end;
}
function anyOverlap(holds: readonly Taken[]): boolean {
  return holds.some((one, index) => holds.slice(index + 1).some((other) => overlaps(one, other)));
}
function grantedHolds(outcomes: Outcome[], now: number): Hold[] {
  return outcomes.flatMap(({ wish: { id, holder }, kind, slot }) =>
    kind === 'granted' && slot !== null
      ? { id, holder, ...slot, state: slot.begin <= now ? ('active' as const) : ('granted' as const) }
      : [],
  );
}
const planned = (situation: Situation) => new Map(decide(situation).map((outcome) => [outcome.wish.id, outcome.slot?.begin ?? null]));

describe('for any queue and any holds', () => {
  const runs = { numRuns: 5000 };
  it('no two holds ever overlap on one machine, and a grant has all it asked for', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const outcomes = decide(situation);
        const all = [...situation.holds, ...grantedHolds(outcomes, situation.now)];
        expect(anyOverlap(all)).toBe(false);
        for (const { kind, slot, wish: one } of outcomes) {
          if (kind !== 'granted') continue;
          expect(slot?.sutIds).toHaveLength(one.count);
          expect(slot?.begin).toBe(Math.max(situation.now, one.begin ?? 0));
        }
      }),
      runs,
    );
  });
  it('the same input gives the same answer, whatever the order it is given in', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const mixed = { ...situation, wishes: situation.wishes.toReversed(), holds: situation.holds.toReversed() };
        expect(decide(mixed)).toEqual(decide(situation));
      }),
      { numRuns: 2000 },
    );
  });
  it('no grant makes anybody before it in the queue later than planned', () => {
    fc.assert(
      fc.property(situations, (given) => {
        const situation = { ...given, policy: { ...given.policy, gapMinutes: 0 } };
        const outcomes = decide(situation);
        for (const [index, outcome] of outcomes.entries()) {
          if (outcome.kind !== 'granted') continue;
          const before = outcomes.slice(0, index).filter(({ kind }) => kind === 'waiting');
          const wishes = before.map((one) => one.wish);
          const earlier = grantedHolds(outcomes.slice(0, index), situation.now);
          const without = planned({ ...situation, wishes, holds: [...situation.holds, ...earlier] });
          const holds = [...situation.holds, ...grantedHolds(outcomes.slice(0, index + 1), situation.now)];
          expect(planned({ ...situation, wishes, holds })).toEqual(without);
        }
      }),
      runs,
    );
  });
  it('behind one who waits without a known begin nobody is let in on its machines', () => {
    fc.assert(
      fc.property(situations, (given) => {
        const outcomes = decide({ ...given, policy: { ...given.policy, gapMinutes: 0 } });
        for (const [index, { kind, slot, wish: one }] of outcomes.entries()) {
          if (kind !== 'waiting' || slot !== null) continue;
          for (const later of outcomes.slice(index + 1))
            if (later.kind === 'granted') expect(later.slot?.sutIds.some((sut) => one.candidates.includes(sut))).toBe(false);
        }
      }),
      runs,
    );
  });
  it('a longer end that is said to hurt nobody moves nobody', () => {
    fc.assert(
      fc.property(situations, fc.nat(9), fc.integer({ min: 1, max: 20 }), (situation, which, more) => {
        const one = situation.holds[which % Math.max(1, situation.holds.length)];
        if (one === undefined || one.end === OPEN_END) return;
        const { holds, waiters } = effectOfEnd(situation, one, one.end + more);
        if (holds.length + waiters.length > 0) return;
        const changed = situation.holds.map((other) => (other === one ? { ...one, end: one.end + more } : other));
        expect(anyOverlap(changed)).toBe(false);
        const before = planned(situation);
        for (const [id, begin] of planned({ ...situation, holds: changed })) {
          const was = before.get(id) ?? null;
          if (was !== null) expect(begin).toBeLessThanOrEqual(was);
        }
      }),
      runs,
    );
  });
});

describe('against a planner that tries every moment', () => {
  it('each gets the earliest slot there is, in turn', () => {
    fc.assert(
      fc.property(situations, (given) => {
        const situation = {
          ...given,
          policy: { ...given.policy, gapMinutes: 0 },
          wishes: given.wishes.filter(({ candidates, count }) => count === candidates.length),
        };
        const taken: Taken[] = situation.holds.map((one) => ({
          ...one,
          end: one.state === 'granted' ? one.end : Math.max(one.end, situation.now + 1),
        }));
        for (const { wish: one, kind, slot } of decide(situation)) {
          const from = Math.max(situation.now, one.begin ?? 0);
          const moments = Array.from({ length: 400 }, (_, index) => from + index);
          const at = (begin: number): Taken => ({
            sutIds: one.candidates,
            begin,
            end: one.durationMs === null ? OPEN_END : begin + one.durationMs,
          });
          const first = moments.find((begin) => !taken.some((other) => overlaps(other, at(begin))));
          expect(slot?.begin ?? null).toBe(first ?? null);
          if (kind !== 'refused')
            taken.push(first === undefined ? { sutIds: one.candidates, begin: situation.now, end: OPEN_END } : at(first));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
