import type { ReadableStore } from '../../store/handle.ts';
import { listReservations, type StoredReservation } from '../../store/reservations.ts';

export interface CalendarWish {
  holder?: string | undefined;
  suts?: string[] | undefined;
  now: number;
}

/** What a calendar needs of an event without end: it is shown as long as this, and moved on with each export. */
const OPEN_SHOWN_MS = 30 * 24 * 3_600_000;
const LINE_BYTES = 74;

/** Granted and running holds as iCalendar (RFC 5545), in UTC, so that each calendar shows them in its own zone. */
export function readCalendar(store: ReadableStore, { holder, suts, now }: CalendarWish) {
  const rows = listReservations(store, { holder, states: ['granted', 'active', 'ending'], limit: 2000 });
  const wanted = suts === undefined ? rows : rows.filter((row) => row.suts.some(({ name }) => suts.includes(name)));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//ATN Workbench//Reservations//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:ATN reservations',
    ...wanted.toReversed().flatMap((row) => eventOf(row, now)),
    'END:VCALENDAR',
  ];
  return { fileName: 'atn-reservations.ics', text: `${lines.flatMap(folded).join('\r\n')}\r\n` };
}

function eventOf(row: StoredReservation, now: number): string[] {
  const begin = row.begin_at ?? row.requested_at;
  const end = row.end_at ?? Math.max(begin, now) + OPEN_SHOWN_MS;
  const names = row.suts.map(({ name }) => name).join(', ');
  const details = [row.purpose, row.end_at === null ? 'No end: shown for the next 30 days.' : ''].filter((one) => one !== '').join('\n');
  return [
    'BEGIN:VEVENT',
    `UID:${row.id}@atn-workbench`,
    `SEQUENCE:${row.revision}`,
    `DTSTAMP:${stamp(row.changed_at)}`,
    `DTSTART:${stamp(begin)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${escaped(`${row.holder}: ${names}`)}`,
    ...(details === '' ? [] : [`DESCRIPTION:${escaped(details)}`]),
    `LOCATION:${escaped(names)}`,
    'STATUS:CONFIRMED',
    'END:VEVENT',
  ];
}

function stamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d{3}/gu, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/gu, '\\$&').replace(/\r?\n/gu, '\\n');
}

/** No line is longer than 75 bytes; what goes on begins with a space. No character is cut. */
function folded(line: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const character of line) {
    if (Buffer.byteLength(current + character) > LINE_BYTES) {
      lines.push(current);
      current = ' ';
    }
    current += character;
  }
  return [...lines, current];
}
