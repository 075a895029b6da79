import type { RecordDelta, RecordItem } from '../../../../src-shared/model/record.ts';
import type { Client } from '../../../bridge/client.ts';
import type { Schedule } from '../../../bridge/frame-batch.ts';
import { RecordTree } from './record-tree.ts';

const PAGE = 500;

type RecordCalls = Pick<Client['record'], 'children' | 'items' | 'path'>;

/** The record of one run as its page sees it: takes what the feed tells and asks for the branches that are open. */
export class RecordView {
  readonly tree = new RecordTree();
  readonly #runId: string;
  readonly #calls: RecordCalls;
  readonly #schedule: Schedule;
  readonly #listeners = new Set<() => void>();
  #version = 0;
  #filling = false;
  #again = false;
  #cursor: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  consoleSize = 0;
  /** The highest id so far: how large the record is. */
  maxItem = 0;
  /** False until the first delta: the shape of the page, not an empty one, is shown. */
  known = false;

  /** What comes as an answer is shown at the time that `schedule` says, together with what the feed brings. */
  constructor(runId: string, calls: RecordCalls, schedule: Schedule) {
    this.#runId = runId;
    this.#calls = calls;
    this.#schedule = schedule;
  }

  /** Where a reader that lost its link goes on. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  version = (): number => this.#version;

  take(deltas: readonly RecordDelta[]): void {
    for (const delta of deltas) {
      this.tree.take(delta, performance.now());
      this.consoleSize = delta.consoleSize;
      this.maxItem = delta.maxItem;
      this.#cursor = delta.cursor;
    }
    this.known = true;
    this.changed();
  }

  setOpen(id: number, open: boolean): void {
    this.tree.setOpen(id, open);
    this.changed();
  }

  setFollow(follow: boolean): void {
    if (this.tree.follow === follow) return;
    this.tree.follow = follow;
    this.changed();
  }

  /** Fetches what leads to a row and opens it; answers the row. */
  async reveal(id: number): Promise<RecordItem | null> {
    const path = await this.#calls.path({ id: this.#runId, item: id });
    this.tree.takePath(path);
    this.tree.openPath(path.map((item) => item.id));
    this.changed();
    return path.at(-1) ?? null;
  }

  /** Opens what is above a row that is known. */
  openTo(id: number): void {
    const path = [id];
    for (let above = this.tree.items.get(id)?.parent; above !== undefined && above !== null; above = this.tree.items.get(above)?.parent)
      path.unshift(above);
    this.tree.openPath(path);
    this.changed();
  }

  async loadMore(parent: number): Promise<void> {
    const page = await this.#calls.children({ id: this.#runId, parent, afterId: this.tree.loadedTo(parent), limit: PAGE });
    this.tree.takeChildren(parent, page);
    this.changed();
  }

  changed(): void {
    this.#tell();
    const now = performance.now();
    const due = this.tree.follow ? this.tree.tick(now) : null;
    clearTimeout(this.#timer);
    if (due !== null) this.#timer = setTimeout(() => this.#schedule(() => this.changed()), due - now);
    void this.#fill();
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  /** One round at a time; what changes meanwhile makes one more. A failed round is made again by the next change. */
  async #fill(): Promise<void> {
    this.#again = this.#filling;
    if (this.#filling) return;
    this.#filling = true;
    try {
      do {
        this.#again = false;
        await this.#fillOnce();
      } while (this.#again);
    } catch {
      // The link is lost: its keeper says so, and the feed that reopens changes the view again.
    } finally {
      this.#filling = false;
    }
  }

  async #fillOnce(): Promise<void> {
    const rows = this.tree.rows('all');
    const wanting = this.tree.wanting(rows);
    const stale = this.tree.staleRunning(rows);
    if (wanting.length === 0 && stale.length === 0) return;
    const [ended, ...grew] = await Promise.all([
      stale.length === 0 ? [] : this.#calls.items({ id: this.#runId, ids: stale }),
      ...wanting.map((parent) => this.#fillBranch(parent)),
    ]);
    this.tree.refresh(ended);
    if (!grew.includes(true) && ended.length === 0) return;
    this.#schedule(() => this.#tell());
    // Branches that came may be open themselves, while following for instance.
    this.#again ||= this.tree.wanting(this.tree.rows('all')).some((parent) => !wanting.includes(parent));
  }

  /** A page of keywords, or all of a suite: its tests are there already. Answers whether that changed anything. */
  async #fillBranch(parent: number): Promise<boolean> {
    const whole = this.tree.items.get(parent)?.kind === 'suite';
    for (let grew = false; ; grew = true) {
      const before = this.tree.loadedTo(parent);
      const page = await this.#calls.children({ id: this.#runId, parent, afterId: before, limit: PAGE });
      this.tree.takeChildren(parent, page);
      if (!whole || !page.more) return grew || page.items.length > 0;
    }
  }
}
