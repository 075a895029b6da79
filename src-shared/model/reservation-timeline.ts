/** The end of what has no end; on the wire that is null. */
export const OPEN_END = Number.POSITIVE_INFINITY;

/** SUTs taken for a while; half open: what ends at 10:00 leaves 10:00 free. */
export interface Slot {
  /** The reservation behind it. */
  id: string;
  holder: string;
  sutIds: readonly string[];
  begin: number;
  end: number;
  /** `planned` = kept for somebody who waits; `hold` = granted, active or ending; `setAside` = in quarantine or maintenance. */
  kind: 'hold' | 'planned' | 'setAside';
  /** Set aside: why, as a sentence. */
  why?: string;
}

/** SUTs wanted together: `count` of `candidates` (all of them when SUTs were named), for `durationMs` or without end. */
export interface Wanted {
  candidates: readonly string[];
  count: number;
  durationMs: number | null;
}

export interface FoundSlot {
  sutIds: string[];
  begin: number;
  end: number;
}

/** What is taken when, a list a SUT. The one place that says whether a time is free; used to decide, to plan and to draw. */
export class Timeline {
  readonly #bySut = new Map<string, Slot[]>();

  constructor(slots: readonly Slot[] = []) {
    for (const slot of slots) this.add(slot);
  }

  add(slot: Slot): void {
    if (slot.end <= slot.begin) return;
    for (const sutId of slot.sutIds) {
      const slots = this.#bySut.get(sutId);
      if (slots === undefined) this.#bySut.set(sutId, [slot]);
      else slots.push(slot);
    }
  }

  /** Everything that is in the way of this SUT in this time, earliest first. */
  inTheWay(sutId: string, begin: number, end: number): Slot[] {
    const slots = this.#bySut.get(sutId) ?? [];
    return slots.filter((slot) => slot.begin < end && begin < slot.end).sort((a, b) => a.begin - b.begin);
  }

  isFree(sutId: string, begin: number, end: number): boolean {
    return !(this.#bySut.get(sutId) ?? []).some((slot) => slot.begin < end && begin < slot.end);
  }

  /** The first time from `from` on at which all that is wanted is free together; null = never, as far as is known. */
  earliest(wanted: Wanted, from: number): FoundSlot | null {
    for (const begin of this.#starts(wanted.candidates, from)) {
      const end = wanted.durationMs === null ? OPEN_END : begin + wanted.durationMs;
      const sutIds = wanted.candidates.filter((sutId) => this.isFree(sutId, begin, end)).slice(0, wanted.count);
      if (sutIds.length === wanted.count) return { sutIds, begin, end };
    }
    return null;
  }

  /** Something can only become free where something ends. */
  #starts(candidates: readonly string[], from: number): number[] {
    const starts = new Set([from]);
    for (const sutId of candidates) for (const { end } of this.#bySut.get(sutId) ?? []) if (end > from && end !== OPEN_END) starts.add(end);
    return [...starts].sort((a, b) => a - b);
  }
}
