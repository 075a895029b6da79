import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSharedSuts } from '../../store/hub.ts';
import { findReservation } from '../../store/reservations.ts';
import { findHubWish } from '../../store/hub-wishes.ts';
import { applyMail } from './apply-mail.ts';
import { createHub, type Hub } from './create-hub.ts';
import { MONDAY, openHubBench } from './hub-bench.ts';
import type { HubServices } from './hub-services.ts';

const HOUR = 3_600_000;
const week = { days: [1, 2, 3, 4, 5], from: 480, to: 1080 };

let close: () => void;
let services: HubServices;
let hub: Hub;
let seq = 0;

beforeEach(() => {
  ({ services, close } = openHubBench());
  hub = createHub(services);
  seq = 0;
});
afterEach(() => {
  hub.close();
  close();
});

function mail(kind: string, body: object): void {
  seq += 1;
  const item = { seq, nonce: 'n'.repeat(16), kind, body: JSON.stringify(body) };
  applyMail(services, { session: 's', mailGen: 'm', items: [item] });
}
const ask = (id: string, more: object = {}) =>
  mail('reservation.request', { id, user: 'aiko', suts: ['a'], durationMs: HOUR, purpose: '', ifBusy: 'wait', ...more });
const refusalOf = (id: string) => findHubWish(services.store, id)?.refused?.message ?? null;
const stateOf = (id: string) => findReservation(services.store, id)?.state ?? null;

describe('what the owner of a lab set for its machines', () => {
  it('lets in who is in a group that it is shared with, and nobody else', () => {
    hub.share({ suts: ['a'], shared: true, limits: { groups: ['firmware'], hours: null } });
    ask('r1', { groups: ['sales'] });
    ask('r2');
    ask('r3', { groups: ['sales', 'firmware'] });
    expect([refusalOf('r1'), refusalOf('r2')]).toEqual(Array(2).fill('The lab shares a with firmware only.'));
    expect(stateOf('r3')).toBe('active');
  });

  it('holds wishes and other ends to the hours', () => {
    hub.share({ suts: ['a'], shared: true, limits: { groups: [], hours: week } });
    ask('late', { durationMs: 9 * HOUR });
    ask('open', { durationMs: undefined });
    ask('fits', { durationMs: 2 * HOUR });
    expect([stateOf('late'), stateOf('open'), stateOf('fits')]).toEqual([null, null, 'active']);
    expect(refusalOf('late')).toContain('Mon to Fri 08:00 to 18:00');
    mail('reservation.change', { changeId: 'c1', id: 'fits', user: 'aiko', end: MONDAY + 9 * HOUR });
    expect(findReservation(services.store, 'fits')?.end_at).toBe(MONDAY + 2 * HOUR);
    mail('reservation.change', { changeId: 'c2', id: 'fits', user: 'aiko', end: MONDAY + 3 * HOUR });
    expect(findReservation(services.store, 'fits')?.end_at).toBe(MONDAY + 3 * HOUR);
    ask('waits');
    expect(stateOf('waits')).not.toBe('waiting');
  });

  it('shows the limits with the machine, keeps them when only the sharing is said again, and forgets them when it ends', () => {
    const limits = { groups: ['firmware'], hours: week };
    expect(hub.share({ suts: ['a', 'b'], shared: true, limits }).shared.map((sut) => sut.limits)).toEqual([limits, limits]);
    expect(hub.share({ suts: ['a'], shared: true }).shared[0]?.limits).toEqual(limits);
    hub.share({ suts: ['a'], shared: false });
    expect(hub.share({ suts: ['a'], shared: true }).shared[0]?.limits).toEqual({ groups: [], hours: null });
    expect(listSharedSuts(services.store)).toHaveLength(2);
  });
});
