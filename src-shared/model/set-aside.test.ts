import { describe, expect, it } from 'vitest';
import { decide, DEFAULT_POLICY, type Hold, type Wish } from './reservation-decide.ts';
import { slotOfAside } from './set-aside.ts';

const sut = { id: 's1', name: 'node-1', maintenance: null, quarantine: null };
const maintenance = { reason: 'New fan', by: 'ada', since: 5 };
const quarantine = { evidence: 'Fails here, passes elsewhere.', by: 'the harness', since: 7, runId: null };

describe('a machine that is set aside', () => {
  it('says why and by whom; quarantine goes before maintenance', () => {
    expect(slotOfAside(sut)).toBeNull();
    expect(slotOfAside({ ...sut, maintenance })?.why).toBe('node-1 is in maintenance: New fan. ada set it aside.');
    expect(slotOfAside({ ...sut, maintenance, quarantine })).toMatchObject({
      begin: 7,
      why: 'node-1 is in quarantine: Fails here, passes elsewhere. the harness set it aside.',
    });
  });

  it('is granted to nobody, now or later, while another is; who has it keeps it', () => {
    const wish: Wish = {
      ...{ id: 'w', holder: 'bob', candidates: ['s1'], count: 1, begin: null, durationMs: 1000, priority: 0 },
      ...{ arrival: 1, arrivedAt: 0, ifBusy: 'wait', gapUntil: null },
    };
    const hold: Hold = { id: 'h', holder: 'eve', sutIds: ['s1'], begin: 0, end: 500, state: 'active' };
    const aside = slotOfAside({ ...sut, maintenance });
    const setAside = aside === null ? [] : [aside];
    const decided = (wishes: Wish[]) => decide({ wishes, holds: [hold], setAside, policy: DEFAULT_POLICY, now: 100 });
    expect(decided([wish])).toMatchObject([{ kind: 'waiting', slot: null, inTheWay: [{ kind: 'hold' }] }]);
    expect(decided([{ ...wish, begin: 10_000 }])).toMatchObject([{ kind: 'waiting', slot: null, inTheWay: [{ kind: 'setAside' }] }]);
    expect(decided([{ ...wish, ifBusy: 'refuse' }])).toMatchObject([{ kind: 'refused' }]);
    expect(decided([{ ...wish, candidates: ['s1', 's2'] }])).toMatchObject([{ kind: 'granted', slot: { sutIds: ['s2'] } }]);
  });
});
