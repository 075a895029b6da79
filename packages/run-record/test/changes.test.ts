import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesSince, putItems, type NewItem, type RecordChanges, type RecordCursor } from '../src/index.ts';
import { fixture, smallRun } from './fixture.ts';

describe('changesSince', () => {
  it('begins with all suites and tests and the running path', () => {
    const { record } = fixture(smallRun);
    const first = changesSince(record, null);
    expect(first.items.map((each) => each.id)).toEqual([1, 2, 3, 5]);
    expect(first.running.map((each) => each.name)).toEqual(['Root', 'Login']);
    expect(first.cursor).toEqual({ lastItem: 11, lastMessage: 3, open: [1, 2] });
    expect(first.counts.total).toBe(3);
  });

  it('goes on with what is new or has ended, and says nothing twice', () => {
    const { record, writer } = fixture(smallRun);
    const first = changesSince(record, null);
    expect(changesSince(record, first.cursor).items).toEqual([]);
    putItems(writer, [
      { id: 12, parent: 2, kind: 'test', name: 'Third', status: 'running' },
      { id: 13, parent: 12, kind: 'keyword', name: 'Sleep', status: 'running' },
    ]);
    const second = changesSince(record, first.cursor);
    expect(second.items.map((each) => each.name)).toEqual(['Third']);
    expect(second.running.map((each) => each.name)).toEqual(['Root', 'Login', 'Third', 'Sleep']);
    putItems(writer, [
      { id: 12, parent: 2, kind: 'test', name: 'Third' },
      { id: 13, parent: 12, kind: 'keyword', name: 'Sleep' },
      { id: 2, parent: 1, kind: 'suite', name: 'Login', status: 'failed' },
    ]);
    const third = changesSince(record, second.cursor);
    expect(third.items.map((each) => [each.name, each.status])).toEqual([
      ['Login', 'failed'],
      ['Third', 'passed'],
    ]);
    expect(third.cursor.open).toEqual([1]);
  });

  it('drops nothing structural however the looks fall between the batches', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ open: fc.boolean(), keywords: fc.nat(3), look: fc.boolean() })), (steps) => {
        const { record, writer } = fixture(() => undefined);
        const seen = new Map<number, string>();
        const run = new Run();
        let cursor: RecordCursor | null = null;
        for (const step of steps) {
          putItems(writer, run.next(step.open, step.keywords));
          if (step.look) cursor = take(seen, changesSince(record, cursor));
        }
        putItems(writer, run.end());
        take(seen, changesSince(record, cursor));
        expect(seen).toEqual(run.truth);
      }),
      { numRuns: 50 },
    );
  });
});

function take(seen: Map<number, string>, changes: RecordChanges): RecordCursor {
  for (const each of changes.items) seen.set(each.id, each.status);
  return changes.cursor;
}

/** Makes rows as the listener does: started items first as running, replaced when they end. */
class Run {
  readonly truth = new Map<number, string>();
  private readonly stack: NewItem[] = [];
  private lastId = 0;

  next(open: boolean, keywords: number): NewItem[] {
    const rows = open || this.stack.length === 0 ? [this.start('suite')] : [this.close()];
    for (let count = 0; count < keywords && this.stack.length > 0; count += 1) rows.push(this.leaf());
    return rows;
  }

  end(): NewItem[] {
    return [...this.stack].map(() => this.close());
  }

  private start(kind: 'suite'): NewItem {
    this.lastId += 1;
    const item: NewItem = { id: this.lastId, parent: this.stack.at(-1)?.id ?? null, kind, name: 'S', status: 'running' };
    this.stack.push(item);
    this.truth.set(item.id, 'running');
    return item;
  }

  private leaf(): NewItem {
    this.lastId += 1;
    return { id: this.lastId, parent: this.stack.at(-1)?.id ?? null, kind: 'keyword', name: 'K' };
  }

  private close(): NewItem {
    const item = this.stack.pop();
    if (item === undefined) throw new Error('nothing is open');
    this.truth.set(item.id, 'passed');
    return { ...item, status: 'passed' };
  }
}
