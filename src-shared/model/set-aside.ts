import type { Maintenance, Quarantine } from './sut-state.ts';
import { OPEN_END, type Slot } from './reservation-timeline.ts';

/** What of a SUT decides whether it is set aside. */
interface Aside {
  id: string;
  name: string;
  maintenance: Maintenance | null;
  quarantine: Quarantine | null;
}

/**
 * A machine in quarantine or maintenance takes no new hold and no new run, whoever asks, until its maintainer ends that. What goes on
 * already goes on. As a slot: taken from then on, without an end. Null: it is not set aside.
 */
export function slotOfAside({ id, name, maintenance, quarantine }: Aside): (Slot & { why: string }) | null {
  const aside = quarantine ?? maintenance;
  if (aside === null) return null;
  const why =
    quarantine === null ? `in maintenance: ${(maintenance?.reason ?? '').trim()}` : `in quarantine: ${quarantine.evidence.trim()}`;
  const sentence = `${name} is ${why}${/[.!?]$/u.test(why) ? '' : '.'} ${aside.by} set it aside.`;
  return { id: `aside-${id}`, holder: aside.by, sutIds: [id], begin: aside.since, end: OPEN_END, kind: 'setAside', why: sentence };
}
