import { writeSync } from 'node:fs';
import type { RecordReader } from '../open.ts';
import type { RunTimeline } from './timeline.ts';

/** What is made of the record alone, for other tools and for people without a workbench. */
export const RECORD_FORMS = ['results.csv', 'results.json', 'page.html', 'allure.zip', 'xunit.xml'] as const;
export type RecordForm = (typeof RECORD_FORMS)[number];

/** What a form says of the run as a whole. */
export interface RunFacts {
  id: string;
  name: string;
  /** UTC ms. */
  at: number;
  verdict: string;
  suts: string[];
  condition: string | null;
  plan: string | null;
  startedBy: string;
  harness: string;
  /** Why it ended as it did, in words. */
  happened: string | null;
}

export interface FormJob {
  record: RecordReader;
  facts: RunFacts;
  /** Null: its machines said nothing that is kept. */
  timeline: RunTimeline | null;
  /** Lines of cells as spreadsheets read them without computing any. */
  csv: (rows: readonly (readonly string[])[]) => string;
}

const ENOUGH = 256 * 1024;

/** Writes text in large pieces; knows how much it has written. */
export class TextFile {
  written = 0;
  readonly #descriptor: number;
  #waiting = '';

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  write(text: string): void {
    this.#waiting += text;
    this.written += text.length;
    if (this.#waiting.length > ENOUGH) this.flush();
  }

  flush(): void {
    const bytes = Buffer.from(this.#waiting);
    this.#waiting = '';
    for (let done = 0; done < bytes.length;) done += writeSync(this.#descriptor, bytes, done);
  }
}

export const iso = (at: number): string => new Date(at).toISOString();
/** The time of a day, UTC. */
export const clock = (at: number): string => iso(at).slice(11, 23);
/** As many digits as tell readings apart. */
export const rounded = (value: number): string => String(Number(value.toPrecision(5)));
export const milliseconds = (microseconds: number | null): number => Math.round((microseconds ?? 0) / 1000);

const LONGEST = 4000;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Foreign text as markup shows it and never takes it for its own, cut where nobody would read on. */
export function escaped(foreign: string): string {
  const cut = foreign.length > LONGEST ? `${foreign.slice(0, LONGEST)}… (${foreign.length} characters)` : foreign;
  // eslint knows no shorter way: everything that is no text goes, line ends and tabs stay.
  return cut.replaceAll(/[^\P{Cc}\n\t]/gu, '·').replaceAll(/[&<>"']/gu, (mark) => ENTITIES[mark] ?? '');
}
