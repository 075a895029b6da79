import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESERVATION_STATES } from '../model/reservation-states.ts';
import { chainAfter, CHAIN_START } from './chain.ts';
import { fingerprintOf } from './fingerprint.ts';
import { readFact, readMail } from './items.ts';
import { judgeHello, type KnownHistory, type ToldHistory } from './judge-hello.ts';
import {
  ENROLMENT_EVENTS,
  ENROLMENT_STATES,
  HOME_STATES,
  homeAfterRefusal,
  LINK_EVENTS,
  LINK_STATES,
  nextEnrolment,
  nextLink,
} from './link-states.ts';
import { REFUSALS } from './messages.ts';
import { readsAs, type KnownReservation } from './reads.ts';

describe('the moves of an enrolment and of a link', () => {
  it('never leave what is final, and lead out of everything else', () => {
    for (const state of ENROLMENT_STATES) {
      const ways = ENROLMENT_EVENTS.filter((event) => nextEnrolment(state, event) !== null);
      expect(ways.length > 0, state).toBe(state !== 'refused' && state !== 'revoked');
    }
    for (const state of LINK_STATES) expect(LINK_EVENTS.some((event) => nextLink(state, event) !== null)).toBe(true);
  });
  it('reach "up" by a welcome only', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LINK_EVENTS)), (events) => {
        let state = 'down' as (typeof LINK_STATES)[number];
        for (const event of events) {
          const next = nextLink(state, event) ?? state;
          if (next === 'up' && state !== 'up') expect([state, event]).toEqual(['hello', 'welcomed']);
          state = next;
        }
      }),
    );
  });
  it('a refusal that somebody has to repair changes the home, any other leaves it', () => {
    for (const code of REFUSALS)
      for (const home of HOME_STATES) expect(homeAfterRefusal(code, home)).toBe(code === 'version' || code === 'key' ? home : code);
  });
});

const hash = (text: string) => `${text.length}-${[...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)}`;

describe('the chain of a log', () => {
  it('differs where a number, a random number, a kind or a body differs', () => {
    const item = { seq: 1, nonce: 'n'.repeat(16), kind: 'open', body: '{}' };
    const others = [
      { ...item, seq: 2 },
      { ...item, nonce: 'm'.repeat(16) },
      { ...item, kind: 'policy' },
      { ...item, body: '{ }' },
    ];
    for (const other of others) expect(chainAfter(CHAIN_START, other, hash)).not.toBe(chainAfter(CHAIN_START, item, hash));
    expect(chainAfter('x', item, hash)).not.toBe(chainAfter(CHAIN_START, item, hash));
  });
});

describe('whose history it is', () => {
  const known: KnownHistory = { storeGen: 'g', seq: 5, chain: 'c5', mailGen: 'm', mailHead: 3, mailAcked: 2 };
  const told: ToldHistory = { storeGen: 'g', acked: 5, chainAtSeq: 'c5', mail: { gen: 'm', seq: 2 }, mailFits: true };
  const cases: [string, Partial<KnownHistory>, Partial<ToldHistory>, string][] = [
    ['nothing is known yet', { storeGen: null }, {}, 'first'],
    ['all is the same', {}, {}, 'same'],
    ['the hub did not hear the last acknowledgement of mail', {}, { mail: { gen: 'm', seq: 3 } }, 'same'],
    ['the home did not hear the last acknowledgement of facts', {}, { acked: 3 }, 'same'],
    ['another history altogether', {}, { storeGen: 'h' }, 'fenced'],
    ['the home has not what the hub has counted', {}, { chainAtSeq: null }, 'fenced'],
    ['the home has other facts at that place', {}, { chainAtSeq: 'x5' }, 'fenced'],
    ['the home has forgotten mail', {}, { mail: { gen: 'm', seq: 1 } }, 'fenced'],
    ['the home has forgotten all mail', {}, { mail: { gen: null, seq: 0 } }, 'fenced'],
    ['the hub has forgotten facts', {}, { acked: 6 }, 'hubBehind'],
    ['the hub has forgotten mail', {}, { mail: { gen: 'm', seq: 4 }, mailFits: false }, 'hubBehind'],
    ['the hub wrote other mail at that place', {}, { mailFits: false }, 'hubBehind'],
    ['the hub does not know this mail', {}, { mail: { gen: 'l', seq: 9 }, mailFits: false }, 'hubBehind'],
    ['both were restored', {}, { acked: 6, chainAtSeq: 'x5' }, 'fenced'],
  ];
  it.each(cases)('%s', (...[, hub, home, judgement]) => {
    expect(judgeHello({ ...known, ...hub }, { ...told, ...home })).toBe(judgement);
  });
});

describe('items', () => {
  it('of an unknown kind, or that do not fit, are nothing, whatever they hold', () => {
    expect(readMail({ kind: 'reservation.end', body: '{"id":"1","user":"a","later":1}' })).toEqual({
      kind: 'reservation.end',
      body: { id: '1', user: 'a' },
    });
    fc.assert(
      fc.property(fc.string(), fc.string(), (kind, body) => {
        expect(readMail({ kind, body })).toBeNull();
        expect(readFact({ kind, body })).toBeNull();
      }),
    );
    for (const kind of ['toString', '__proto__', 'constructor']) expect(readFact({ kind, body: '{}' })).toBeNull();
  });
});

describe('what a remote tester reads', () => {
  const write = (time: number) => `T${time}`;
  const plain: KnownReservation = {
    ...{ state: null, reason: null, begin: null, end: null, waiting: null, delivered: false, endAskedAt: null, changeAskedAt: null },
    ...{ lab: 'up', heardAt: 90 },
  };
  const cells: [string, Partial<KnownReservation>][] = [
    ['asked', {}],
    ['delivered', { delivered: true }],
    ['waiting', { state: 'waiting', waiting: { position: 2, expectedBegin: 140 } }],
    ['granted', { state: 'granted', begin: 140, end: 160 }],
    ['granted, begin passed', { state: 'granted', begin: 80, end: 160 }],
    ['active', { state: 'active', begin: 80, end: 160 }],
    ['active, end passed', { state: 'active', begin: 50, end: 95 }],
    ['end asked', { state: 'active', begin: 80, end: 160, endAskedAt: 99 }],
    ['change asked', { state: 'active', begin: 80, end: 160, changeAskedAt: 99 }],
    ['ended', { state: 'ended', reason: 'Taken back by Ada: I need it' }],
    ['refused', { state: 'refused', reason: 'a is held by Ada.' }],
  ];
  it('is one sentence a cell', () => {
    const labs = ['up', 'down', 'doubt', 'removed'] as const;
    const table = cells.map(([name, cell]) => [name, ...labs.map((lab) => `${lab}: ${readsAs({ ...plain, ...cell, lab }, 100, write)}`)]);
    expect(table).toMatchSnapshot();
  });
  it('never reads reserved or yours where no harness has granted, and never as certain while the lab is away', () => {
    const known = fc.record({
      state: fc.option(fc.constantFrom(...RESERVATION_STATES)),
      reason: fc.constant(null),
      begin: fc.option(fc.nat(200)),
      end: fc.option(fc.nat(200)),
      waiting: fc.constant(null),
      delivered: fc.boolean(),
      endAskedAt: fc.constant(null),
      changeAskedAt: fc.constant(null),
      lab: fc.constantFrom('up', 'down', 'doubt', 'removed'),
      heardAt: fc.option(fc.nat(100)),
    }) as fc.Arbitrary<KnownReservation>;
    fc.assert(
      fc.property(known, (one) => {
        const sentence = readsAs(one, 100, write);
        const holds = one.state === 'granted' || one.state === 'active' || one.state === 'ending';
        if (!holds || one.lab === 'removed' || one.lab === 'doubt') expect(sentence).not.toMatch(/^(Reserved|Yours)/u);
        if (one.lab === 'down' && holds) expect(sentence).toContain('unconfirmed');
      }),
    );
  });
  it('and a fingerprint is read out in fours', () => {
    expect(fingerprintOf('0123456789abcdef0123456789abcdef')).toBe('0123 4567 89ab cdef 0123 4567');
  });
});
