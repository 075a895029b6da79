import { CONSOLE_PIECE } from '../../../../src-shared/protocol/console.ts';
import type { ConsoleDeeds } from './remote-console-services.ts';

export interface ConsolePlace {
  recordingId: string;
  offset: number;
}

/** Bytes shown of what is past, and kept of what a viewer has fallen behind. */
const PAST = 64 * 1024;
/** A viewer who is further behind than this loses what is between; the recording has it. */
const MOST_BEHIND = 256 * 1024;

/** What a viewer at `place` (null = a new one) reads next; null = nothing is new. */
export function nextPiece(
  { state, bytes }: Pick<ConsoleDeeds, 'state' | 'bytes'>,
  sutId: string,
  place: ConsolePlace | null,
): (ConsolePlace & { bytes: Buffer }) | null {
  const { recording } = state(sutId);
  if (recording === null) return null;
  const { id, size } = recording;
  const known = place?.recordingId === id ? place.offset : null;
  const offset = known !== null && size - known <= MOST_BEHIND ? Math.min(known, size) : Math.max(0, size - PAST);
  const piece = bytes(sutId, id, { offset, length: CONSOLE_PIECE });
  return piece.length === 0 ? null : { recordingId: id, offset, bytes: piece };
}
