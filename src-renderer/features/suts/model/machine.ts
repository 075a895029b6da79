import type { SutObserved } from '../../../../src-shared/model/sut-state.ts';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import type { Health } from '../../../kit/HealthIcon.tsx';

/** What is drawn as health: a decision of people stands before what was seen. */
export function healthOf({ quarantine, maintenance, observed }: Pick<Sut, 'quarantine' | 'maintenance' | 'observed'>): Health {
  if (quarantine !== null) return 'quarantine';
  return maintenance === null ? observed.health.state : 'maintenance';
}

export function whyHealth({ quarantine, maintenance, observed }: Pick<Sut, 'quarantine' | 'maintenance' | 'observed'>): string | null {
  return quarantine?.evidence ?? maintenance?.reason ?? observed.health.why;
}

/** Old values are dimmed: after this time without an answer, ms. */
const STALE = 5 * 60_000;
export const isStale = ({ seenAt, health }: SutObserved, now: number): boolean =>
  health.state === 'unreachable' || (seenAt !== null && now - seenAt > STALE);

export const CAPABILITY_WORDS: Readonly<Record<string, string>> = {
  identity: 'Identity',
  power: 'Power',
  bootDevice: 'Boot device',
  virtualMedia: 'Virtual media',
  sensors: 'Sensors',
  sel: 'Event log',
  fru: 'Inventory',
  identify: 'Identify light',
  firmware: 'Firmware',
  shell: 'Shell',
  console: 'Console',
};
