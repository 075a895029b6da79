import type { ReadableStore } from './handle.ts';
import { textSets, type SetKind } from './text-sets.ts';

/** A word that is searched, and the sets of names and messages that hold it. Sets are ids of `text_set`. */
export interface SearchedWord {
  folded: string;
  nameSets: number[];
  failureSets: number[];
}

/** Words of a search text; what stands in double quotes is one. More than these narrow nothing down any further. */
const MOST_WORDS = 8;
/**
 * The index knows three characters in a row; shorter words are looked for one text after the other. In messages only where they are
 * not plain letters or digits: those stand in nearly every message and would find nearly every run.
 */
const INDEXED_CHARACTERS = 3;
const PLAIN_SHORT = /^[a-z\d]{1,2}$/iu;

/** Every word must be found somewhere in a run, each anywhere: in its own fields, a test's name or a failure's message; also inside words. */
export function parseSearch(text: string): string[] {
  const words = [...text.matchAll(/"([^"]+)"|([^\s"]+)/gu)].map(([, quoted, plain]) => (quoted ?? plain ?? '').trim());
  return [...new Set(words.filter((word) => word !== ''))].slice(0, MOST_WORDS);
}

export function searchWords(store: ReadableStore, text: string): SearchedWord[] {
  const words = parseSearch(text);
  const names = setsHolding(
    store,
    'names',
    words.map((word) => textsHolding(store, NAMES, word)),
  );
  const failures = setsHolding(
    store,
    'failures',
    words.map((word) => (PLAIN_SHORT.test(word) ? [] : failuresHolding(store, word))),
  );
  return words.map((word, index) => ({ folded: word.toLowerCase(), nameSets: names[index] ?? [], failureSets: failures[index] ?? [] }));
}

interface Source {
  table: string;
  column: string;
}
const NAMES: Source = { table: 'result_name', column: 'long_name' };
const FAILURES: Source = { table: 'failure_text', column: 'text' };

const byIndex = ({ table }: Source): string => `SELECT rowid FROM ${table}_index WHERE ${table}_index MATCH ?`;
const phrase = (words: string): string => `"${words.replaceAll('"', '""')}"`;
const isShort = (word: string): boolean => [...word].length < INDEXED_CHARACTERS;

function textsHolding(store: ReadableStore, source: Source, word: string): number[] {
  if (!isShort(word)) return store.prepare<[string], number>(byIndex(source)).pluck().all(phrase(word));
  // LIKE folds ASCII only, so other letters are looked for in both cases.
  const forms = [...new Set([word, word.toLowerCase(), word.toUpperCase()])].filter(
    (form, index) => index === 0 || /[^\0-\x7f]/u.test(form),
  );
  const scanned = forms.map(() => `${source.column} LIKE ? ESCAPE '\\'`).join(' OR ');
  const patterns = forms.map((form) => `%${form.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`);
  return store
    .prepare<string[], number>(`SELECT id FROM ${source.table} WHERE ${scanned}`)
    .pluck()
    .all(...patterns);
}

/** A short word that begins more of the indexed threes than this stands nearly everywhere. */
const MOST_THREES = 1000;

/** Messages are too many to be read one after the other: a short word begins some of the indexed threes, or stands at the very end. */
function failuresHolding(store: ReadableStore, word: string): number[] {
  if (!isShort(word)) return textsHolding(store, FAILURES, word);
  const folded = word.toLowerCase();
  const threes = store
    .prepare<[string, string, number], string>('SELECT term FROM failure_text_term WHERE term >= ? AND term < ? LIMIT ?')
    .pluck()
    .all(folded, `${folded}\u{10ffff}`, MOST_THREES);
  if (threes.length === MOST_THREES) return textsHolding(store, FAILURES, word);
  const within = threes.length === 0 ? [] : store.prepare<[string], number>(byIndex(FAILURES)).pluck().all(threes.map(phrase).join(' OR '));
  return [...new Set([...within, ...failuresEndingIn(store, word)])];
}

function failuresEndingIn(store: ReadableStore, word: string): number[] {
  const cases = [...word].map((sign) => [sign, sign.toLowerCase(), sign.toUpperCase()]);
  const written = cases.slice(1).reduce((begun, next) => begun.flatMap((begin) => next.map((sign) => begin + sign)), cases[0] ?? []);
  // As the index of endings folds: letters of ASCII only.
  const forms = written.map((form) => form.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase()));
  const ids = (condition: string, ...values: string[]) =>
    store
      .prepare<string[], number>(`SELECT id FROM failure_text WHERE ${condition}`)
      .pluck()
      .all(...values);
  const lastTwo = 'lower(substr(text, -2))';
  return [...new Set(forms)].flatMap((form) =>
    [...form].length === 2
      ? ids(`${lastTwo} = ?`, form)
      : [...ids('lower(substr(text, -1)) = ?', form), ...ids(`${lastTwo} >= ? AND ${lastTwo} < ?`, form, `${form}\u{10ffff}`)],
  );
}

/** For each list of texts the sets that have at least one of them: one pass over the packed sets, a few bytes a test and set. */
function setsHolding(store: ReadableStore, kind: SetKind, texts: number[][]): number[][] {
  const found: number[][] = texts.map(() => []);
  const masks = masksOf(texts);
  if (masks.length === 0) return found;
  for (const { id, members } of textSets(store, kind)) {
    let mask = 0;
    for (const text of members) mask |= masks[text] ?? 0;
    for (let word = 0; mask >> word > 0; word += 1) if (((mask >> word) & 1) === 1) found[word]?.push(id);
  }
  return found;
}

/** Bit n of place t: word n stands in text t. Empty when no word stands anywhere. */
function masksOf(texts: number[][]): Uint8Array {
  const last = texts.reduce((most, ids) => ids.reduce((a, b) => Math.max(a, b), most), -1);
  const masks = new Uint8Array(last + 1);
  texts.forEach((ids, word) => {
    for (const id of ids) masks[id] = (masks[id] ?? 0) | (1 << word);
  });
  return masks;
}
