import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordItem } from '../../../../src-shared/model/record.ts';
import { item } from './record-item-builder.ts';
import { RecordTree } from './record-tree.ts';

const suite = (id: number, parent: number | null, part: Partial<RecordItem> = {}) => item(id, parent, { kind: 'suite', ...part });
const test = (id: number, parent: number, part: Partial<RecordItem> = {}) => item(id, parent, { kind: 'test', ...part });
const ids = (tree: RecordTree, filter: 'all' | 'failed' | 'running' = 'all') => tree.rows(filter).map((row) => row.key);

describe('the tree of a record', () => {
  it('opens the root, keeps passed suites closed and opens what failed', () => {
    const tree = new RecordTree();
    tree.take({ items: [suite(1, null), suite(2, 1), test(3, 2), suite(4, 1), test(5, 4, { status: 'failed' })], runningPath: [] }, 0);
    expect(ids(tree)).toEqual(['1', '2', '4', '5']);
    expect(tree.rows('all').find((row) => row.key === '4')).toMatchObject({ failed: 1, skipped: 0 });
    expect(ids(tree, 'failed')).toEqual(['1', '4', '5']);
  });

  it('gives the same rows until something changes, and then makes only those anew that did', () => {
    const tree = new RecordTree();
    tree.take({ items: [suite(1, null, { status: 'running' }), test(2, 1), test(3, 1)], runningPath: [] }, 0);
    const before = tree.rows('all');
    expect(tree.rows('all')).toBe(before);
    tree.take({ items: [test(3, 1, { status: 'failed' }), test(4, 1)], runningPath: [] }, 0);
    const after = tree.rows('all');
    expect(after.map(({ key }) => key)).toEqual(['1', '2', '3', '4']);
    expect(after.map((row, at) => row === before[at])).toEqual([false, true, false, false]);
    expect(after[0]).toMatchObject({ failed: 1 });
  });

  it('counts what failed and was skipped below each suite, once, also when a verdict changes', () => {
    const tree = new RecordTree();
    const suites = [suite(1, null), suite(2, 1)];
    const tallies = () => tree.rows('all').flatMap((row) => (row.item?.kind === 'suite' ? [[row.failed, row.skipped]] : []));
    tree.take({ items: [test(4, 2, { status: 'skipped' }), test(3, 2, { status: 'failed' }), ...suites], runningPath: [] }, 0);
    tree.take({ items: [test(3, 2, { status: 'failed' })], runningPath: [] }, 0);
    expect(tallies()).toEqual([
      [1, 1],
      [1, 1],
    ]);
    tree.take({ items: [test(4, 2, { status: 'failed' }), test(3, 2)], runningPath: [] }, 0);
    expect(tallies()).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('opens the running path while following, and lets a person decide otherwise', () => {
    const tree = new RecordTree();
    const running = { status: 'running' } as const;
    const path = [suite(1, null, running), test(2, 1, running), item(3, 2, { ...running, hasChildren: true }), item(4, 3, running)];
    tree.take({ items: path.slice(0, 2), runningPath: path }, 0);
    expect(ids(tree), 'a test that is over in a moment would only make rows jump').toEqual(['1', '2']);
    expect([tree.tick(100), tree.followedRow(), tree.lastingRow()]).toEqual([400, 2, null]);
    expect([tree.tick(400), tree.followedRow(), tree.lastingRow()]).toEqual([null, 4, 4]);
    expect(ids(tree)).toEqual(['1', '2', '3', '4']);
    tree.follow = false;
    expect(ids(tree)).toEqual(['1', '2']);
    tree.follow = true;
    tree.setOpen(2, false);
    expect(ids(tree)).toEqual(['1', '2']);
    expect(ids(tree, 'running')).toEqual(['1', '2']);
  });

  it('tells of a fast run the suite that lasts, not each test', () => {
    const tree = new RecordTree();
    const running = { status: 'running' } as const;
    tree.take({ items: [suite(1, null, running), test(2, 1, running)], runningPath: [suite(1, null, running), test(2, 1, running)] }, 0);
    tree.take({ items: [test(2, 1), test(3, 1, running)], runningPath: [suite(1, null, running), test(3, 1, running)] }, 500);
    expect([tree.followedRow(), tree.lastingRow()]).toEqual([3, 1]);
    expect([tree.tick(900), tree.lastingRow()]).toEqual([null, 3]);
    tree.take({ items: [suite(1, null), test(3, 1)], runningPath: [] }, 901);
    expect(tree.lastingRow()).toBeNull();
  });

  it('stays between two tests where the last one was, and follows into the next', () => {
    const tree = new RecordTree();
    const root = suite(1, null, { status: 'running' });
    tree.take({ items: [root, test(2, 1), test(3, 1, { status: 'running' })], runningPath: [root, test(3, 1, { status: 'running' })] }, 0);
    expect(tree.followedRow()).toBe(3);
    tree.take({ items: [test(3, 1)], runningPath: [root] }, 10);
    expect(tree.followedRow()).toBe(3);
    tree.take({ items: [test(4, 1, { status: 'running' })], runningPath: [root, test(4, 1, { status: 'running' })] }, 20);
    expect(tree.followedRow()).toBe(4);
    tree.setOpen(1, false);
    expect(tree.followedRow()).toBe(1);
    tree.take({ items: [suite(1, null), test(4, 1)], runningPath: [] }, 30);
    expect(tree.followedRow()).toBeNull();
  });

  it('asks for open branches once, and again while they run', () => {
    const tree = new RecordTree();
    tree.take({ items: [suite(1, null), test(2, 1), test(9, 1, { status: 'running' })], runningPath: [] }, 0);
    tree.setOpen(2, true);
    tree.setOpen(9, true);
    tree.takeChildren(1, { items: [test(2, 1), test(9, 1, { status: 'running' })], more: false });
    expect(tree.wanting(tree.rows('all'))).toEqual([2, 9]);
    tree.takeChildren(2, { items: [item(3, 2)], more: false });
    tree.takeChildren(9, { items: [item(10, 9)], more: false });
    expect(tree.wanting(tree.rows('all'))).toEqual([9]);
    expect(tree.loadedTo(9)).toBe(10);
  });

  it('puts a row that stands for the rest below a branch that is not loaded whole', () => {
    const tree = new RecordTree();
    tree.take({ items: [suite(1, null), test(2, 1)], runningPath: [] }, 0);
    tree.setOpen(2, true);
    tree.takeChildren(2, { items: [item(3, 2), item(4, 2)], more: true });
    expect(ids(tree)).toEqual(['1', '2', '3', '4', 'more-2']);
    tree.take({ items: [item(90, 2)], runningPath: [] }, 0);
    expect(ids(tree), 'the gap shows where it is').toEqual(['1', '2', '3', '4', 'more-2', '90']);
    tree.takeChildren(2, { items: [item(5, 2)], more: false });
    expect(ids(tree)).toEqual(['1', '2', '3', '4', '5', '90']);
  });

  it('knows which keywords it last saw running and is no longer told about', () => {
    const tree = new RecordTree();
    const running = { status: 'running' } as const;
    tree.take({ items: [suite(1, null, running)], runningPath: [suite(1, null, running), item(2, 1, running)] }, 0);
    tree.take({ items: [], runningPath: [suite(1, null, running), item(3, 1, running)] }, 0);
    expect(tree.staleRunning(tree.rows('all'))).toEqual([2]);
    tree.refresh([item(2, 1)]);
    expect(tree.staleRunning(tree.rows('all'))).toEqual([]);
  });

  it('shows the same rows whatever the order and the pieces in which a record arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (parents, piece) => {
        const all = parents.map((parent, index) => {
          const id = index + 1;
          return suite(id, index === 0 ? null : 1 + (parent % index));
        });
        const whole = new RecordTree();
        whole.take({ items: all, runningPath: [] }, 0);
        const pieces = new RecordTree();
        for (let at = 0; at < all.length; at += piece) pieces.take({ items: all.slice(at, at + piece).toReversed(), runningPath: [] }, 0);
        for (const tree of [whole, pieces]) for (const { id } of all) tree.setOpen(id, id % 3 !== 0);
        expect(ids(pieces)).toEqual(ids(whole));
        expect(ids(whole)).toEqual(naive(all));
      }),
    );
  });
});

/** The visible rows, made anew from the definition. */
function naive(all: readonly RecordItem[], parent: number | null = null): string[] {
  return all.filter((one) => one.parent === parent).flatMap((one) => [String(one.id), ...(one.id % 3 === 0 ? [] : naive(all, one.id))]);
}
