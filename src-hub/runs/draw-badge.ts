import type { Counts } from '../../src-shared/model/run.ts';
import type { Verdict } from '../../src-shared/model/run-states.ts';
import { VERDICT_WORDS } from '../../src-shared/text/words.ts';

export interface BadgeFacts {
  readonly name: string;
  /** Null: no run of that name has ended. */
  readonly verdict: Verdict | null;
  readonly counts: Counts | null;
}

/** The colours of verdicts in the light theme: white stands on them with enough contrast. */
const COLOURS: Readonly<Record<Verdict, string>> = {
  passed: '#007558',
  failed: '#bf372b',
  error: '#841b6e',
  stopped: '#495366',
  lost: '#24292e',
};
const NAME_COLOUR = '#24292e';
const HEIGHT = 20;
/** Of one letter in the usual sans serif at 11 points, on the generous side; wide ones (CJK, emoji) need two. */
const LETTER = 6.8;
const ROOM = 12;
const MOST_LETTERS = 60;

/** A small image in two halves: what, and how it came out. Foreign text is written as text. */
export function drawBadge(facts: BadgeFacts): string {
  const name = cut(facts.name);
  const outcome = outcomeOf(facts);
  const [left, right] = [widthOf(name), widthOf(outcome)];
  const label = escaped(`${name}: ${outcome}`);
  const half = (text: string, { x, width, colour }: { x: number; width: number; colour: string }): string =>
    `<rect x="${x}" width="${width}" height="${HEIGHT}" fill="${colour}"/>` +
    `<text x="${x + width / 2}" y="14" fill="#ffffff" text-anchor="middle">${escaped(text)}</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" aria-label="${label}" ` +
    `font-family="Verdana,DejaVu Sans,sans-serif" font-size="11"><title>${label}</title>` +
    half(name, { x: 0, width: left, colour: NAME_COLOUR }) +
    half(outcome, { x: left, width: right, colour: facts.verdict === null ? COLOURS.stopped : COLOURS[facts.verdict] }) +
    '</svg>'
  );
}

function outcomeOf({ verdict, counts }: BadgeFacts): string {
  if (verdict === null) return 'no run yet';
  if (counts === null || (verdict !== 'passed' && verdict !== 'failed')) return VERDICT_WORDS[verdict].toLowerCase();
  const all = counts.passed + counts.failed;
  return verdict === 'passed' ? `${counts.passed} passed` : `${counts.failed} of ${all} failed`;
}

const letters = (text: string): string[] => [...text];

function cut(text: string): string {
  const all = letters(text);
  return all.length <= MOST_LETTERS ? text : `${all.slice(0, MOST_LETTERS - 1).join('')}…`;
}

function widthOf(text: string): number {
  const units = letters(text).reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1), 0);
  return Math.ceil(units * LETTER) + ROOM;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** As XML takes it: control characters have no place in it at all. */
function escaped(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD').replaceAll(/[&<>"']/gu, (letter) => ENTITIES[letter] ?? '');
}
