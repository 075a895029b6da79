import type { RecordDelta, RecordItem } from '../../../../src-shared/model/record.ts';

/** Stands for "below nothing": the parent of the root suite. */
export const TOP = 0;

/**
 * A running test opens by itself once it has been seen running for so long, in milliseconds. Tests that are over sooner would only make the
 * rows below them jump.
 */
export const OPENS_AFTER_MS = 400;

/** Which rows are shown: all; what failed with what leads to it; what runs now. */
export type TreeFilter = 'all' | 'failed' | 'running';

export interface TreeRow {
  readonly key: string;
  readonly depth: number;
  readonly open: boolean | null;
  /** Null for the row that stands for what is not loaded yet below `parent`. */
  readonly item: RecordItem | null;
  readonly parent: number;
  /** Tests below that failed and that were skipped, as far as they are over. */
  readonly failed: number;
  readonly skipped: number;
}

interface Tally {
  failed: number;
  skipped: number;
}
const NO_TALLY: Readonly<Tally> = { failed: 0, skipped: 0 };

interface Branch {
  readonly ids: number[];
  /** The last child that came in order; what the running path showed earlier may lie beyond it. */
  loadedTo: number;
  /** There are more children than are loaded. */
  more: boolean;
  /** It was asked for after its item had ended: nothing can come any more. */
  settled: boolean;
}

/**
 * What a page knows of a record: all suites and tests, and the keywords of branches that were opened. It never holds more, so a run of a
 * million keywords is as light as its tests.
 */
export class RecordTree {
  readonly items = new Map<number, RecordItem>();
  readonly #branches = new Map<number, Branch>();
  /** What a person opened or closed; beats everything that opens by itself. */
  readonly #chosen = new Map<number, boolean>();
  readonly #tallies = new Map<number, Tally>();
  /** As what a test stands in the tallies above it. */
  readonly #counted = new Map<number, keyof Tally>();
  #path: readonly number[] = [];
  /** When each item of the path was first seen on it. */
  #seen = new Map<number, number>();
  #now = 0;
  #follow = true;
  /** Rows as they were made last: one that has not changed stays the same object, and need not be drawn again. */
  readonly #made = new Map<number, TreeRow>();
  /** All rows of a filter, until something changes. */
  #rows: { filter: TreeFilter; rows: TreeRow[] } | null = null;

  get follow(): boolean {
    return this.#follow;
  }

  set follow(follow: boolean) {
    this.#follow = follow;
    this.#rows = null;
  }

  /**
   * Where the run is: the deepest visible row that runs, and between two of its children the one that was last, so that whoever follows is not
   * led up and down again at each of them. Null when nothing runs.
   */
  followedRow(): number | null {
    const deepest = this.#deepest();
    const item = deepest === null ? undefined : this.items.get(deepest);
    if (deepest === null || item === undefined || !this.isOpen(item)) return deepest;
    return this.#branches.get(deepest)?.ids.at(-1) ?? deepest;
  }

  /** The deepest row of the running path that stands in the tree; null when nothing runs. */
  #deepest(): number | null {
    const closed = this.#path.findIndex((id) => {
      const item = this.items.get(id);
      return item === undefined || !this.isOpen(item);
    });
    return this.#path.at(closed) ?? null;
  }

  /** The deepest of the visible rows that run which has lasted long enough to be read; in a fast run the suite, not each of its tests. */
  lastingRow(): number | null {
    const deepest = this.#deepest();
    const visible = deepest === null ? [] : this.#path.slice(0, this.#path.indexOf(deepest) + 1);
    return visible.findLast((id) => this.#now - (this.#seen.get(id) ?? Infinity) >= OPENS_AFTER_MS) ?? null;
  }

  /** Suites and tests that are new or changed, and the path that runs now. `now` is of any steady clock, in milliseconds. */
  take(delta: Pick<RecordDelta, 'items' | 'runningPath'>, now: number): void {
    this.#rows = null;
    this.#putAll(delta.items);
    this.#putAll(delta.runningPath);
    this.#path = delta.runningPath.map((item) => item.id);
    this.#seen = new Map(this.#path.map((id) => [id, this.#seen.get(id) ?? now]));
    this.#now = now;
  }

  /** Time has passed and nothing else: what runs long enough opens. Answers when the next item will, null when none. */
  tick(now: number): number | null {
    this.#rows = null;
    this.#now = now;
    const due = [...this.#seen.values()].map((at) => at + OPENS_AFTER_MS).filter((at) => at > now);
    return due.length === 0 ? null : Math.min(...due);
  }

  /** What leads to a row that the page did not have. */
  takePath(path: readonly RecordItem[]): void {
    this.#rows = null;
    this.#putAll(path);
  }

  /** A page of children, in order, that begins behind what is loaded. */
  takeChildren(parent: number, page: { readonly items: readonly RecordItem[]; readonly more: boolean }): void {
    this.#rows = null;
    const branch = this.#branch(parent);
    this.#putAll(page.items);
    for (const item of page.items) branch.loadedTo = Math.max(branch.loadedTo, item.id);
    branch.more = page.more;
    branch.settled = !page.more && this.items.get(parent)?.status !== 'running';
  }

  /** Rows that were known and have changed. */
  refresh(items: readonly RecordItem[]): void {
    this.#rows = null;
    for (const item of items) this.items.set(item.id, item);
  }

  setOpen(id: number, open: boolean): void {
    this.#rows = null;
    this.#chosen.set(id, open);
  }

  /** Opens every branch above the last id of a path from the root, and that one stays as it is. */
  openPath(path: readonly number[]): void {
    this.#rows = null;
    for (const id of path.slice(0, -1)) this.#chosen.set(id, true);
  }

  isOpen(item: RecordItem): boolean {
    return this.#chosen.get(item.id) ?? this.#opensItself(item);
  }

  loadedTo(parent: number): number {
    return this.#branches.get(parent)?.loadedTo ?? 0;
  }

  /**
   * Branches to ask for: open ones never asked, running ones that may have grown, and once more when they have ended. Tests and suites are told
   * without asking, so a suite that runs is asked only for its set-up, and at its end for its tear-down.
   */
  wanting(rows: readonly TreeRow[]): number[] {
    const wanting: number[] = [];
    for (const { item, open } of rows) if (open === true && item !== null && this.#wants(item)) wanting.push(item.id);
    return wanting;
  }

  #wants({ id, kind, status }: RecordItem): boolean {
    const branch = this.#branches.get(id);
    if (branch === undefined || branch.loadedTo === 0) return true;
    return status === 'running' ? kind !== 'suite' : !branch.settled && !branch.more;
  }

  /** Keywords last seen running that are not on the path any more: their end has not been told. */
  staleRunning(rows: readonly TreeRow[]): number[] {
    const stale: number[] = [];
    for (const { item } of rows)
      if (item?.status === 'running' && item.kind !== 'suite' && item.kind !== 'test' && !this.#path.includes(item.id)) stale.push(item.id);
    return stale;
  }

  /** The same array until something changes. */
  rows(filter: TreeFilter): readonly TreeRow[] {
    if (this.#rows?.filter === filter) return this.#rows.rows;
    const rows: TreeRow[] = [];
    this.#flatten(TOP, 0, { rows, filter, path: new Set(this.#path) });
    this.#rows = { filter, rows };
    return rows;
  }

  #row(id: number, row: Omit<TreeRow, 'key' | keyof Tally>): TreeRow {
    const [before, { failed, skipped }] = [this.#made.get(id), this.#tally(id)];
    if (before !== undefined && before.item === row.item && before.open === row.open && before.depth === row.depth)
      if (before.failed === failed && before.skipped === skipped) return before;
    const made: TreeRow = { key: String(id), ...row, failed, skipped };
    this.#made.set(id, made);
    return made;
  }

  #flatten(parent: number, depth: number, into: { rows: TreeRow[]; filter: TreeFilter; path: ReadonlySet<number> }): void {
    const branch = this.#branches.get(parent);
    if (branch === undefined) return;
    let rest = branch.more && into.filter === 'all' && this.items.get(parent)?.kind !== 'suite';
    const pushRest = (): void => {
      if (rest) into.rows.push({ key: `more-${parent}`, depth, open: null, item: null, parent, ...NO_TALLY });
      rest = false;
    };
    for (const id of branch.ids) {
      const item = this.items.get(id);
      if (item === undefined || !this.#shows(item, into)) continue;
      if (id > branch.loadedTo) pushRest();
      const open = item.hasChildren ? this.isOpen(item) : null;
      into.rows.push(this.#row(id, { depth, open, item, parent }));
      if (open === true) this.#flatten(id, depth + 1, into);
    }
    pushRest();
  }

  /** Filters choose among suites and tests; what is below a shown test is shown whole. */
  #shows(item: RecordItem, { filter, path }: { filter: TreeFilter; path: ReadonlySet<number> }): boolean {
    if (filter === 'all' || (item.kind !== 'suite' && item.kind !== 'test')) return true;
    return filter === 'failed'
      ? item.status === 'failed' || this.#tally(item.id).failed > 0
      : item.status === 'running' || path.has(item.id);
  }

  /** Passed branches stay closed; suites that run or hold a failure open, and while following everything on the running path. */
  #opensItself(item: RecordItem): boolean {
    if (item.kind === 'suite' && item.parent === null) return true;
    if (item.kind !== 'suite' && this.follow && this.#now - (this.#seen.get(item.id) ?? Infinity) >= OPENS_AFTER_MS) return true;
    return item.kind === 'suite' && (this.#tally(item.id).failed > 0 || item.status === 'running');
  }

  #tally(id: number): Readonly<Tally> {
    return this.#tallies.get(id) ?? NO_TALLY;
  }

  /** First all, then the counting: what comes in one piece may come in any order. */
  #putAll(items: readonly RecordItem[]): void {
    for (const item of items) this.#put(item);
    for (const item of items) if (item.kind === 'test') this.#count(item);
  }

  #put(item: RecordItem): void {
    if (!this.items.has(item.id)) insert(this.#branch(item.parent ?? TOP).ids, item.id);
    this.items.set(item.id, item);
  }

  #count(test: RecordItem): void {
    const before = this.#counted.get(test.id);
    const now = test.status === 'failed' || test.status === 'skipped' ? test.status : undefined;
    if (before === now) return;
    if (now === undefined) this.#counted.delete(test.id);
    else this.#counted.set(test.id, now);
    for (let id = test.parent ?? TOP; id !== TOP; id = this.items.get(id)?.parent ?? TOP) {
      const tally = { ...this.#tally(id) };
      if (before !== undefined) tally[before] -= 1;
      if (now !== undefined) tally[now] += 1;
      this.#tallies.set(id, tally);
    }
  }

  #branch(parent: number): Branch {
    const known = this.#branches.get(parent);
    if (known !== undefined) return known;
    const made: Branch = { ids: [], loadedTo: 0, more: false, settled: false };
    this.#branches.set(parent, made);
    return made;
  }
}

/** Ids come nearly in order: the place is at the end or a little before it. */
function insert(ids: number[], id: number): void {
  let at = ids.length;
  while (at > 0 && (ids[at - 1] ?? 0) > id) at -= 1;
  if (ids[at - 1] !== id) ids.splice(at, 0, id);
}
