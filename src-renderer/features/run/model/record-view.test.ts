import { describe, expect, it } from 'vitest';
import type { RecordItem } from '../../../../src-shared/model/record.ts';
import { item } from './record-item-builder.ts';
import { RecordView } from './record-view.ts';

const delta = (items: RecordItem[], runningPath: RecordItem[] = []) => ({
  cursor: 'c',
  items,
  runningPath,
  maxItem: 0,
  counts: { passed: 0, failed: 0, skipped: 0, notRun: 0 },
  consoleSize: 7,
});

const atOnce = (callback: () => void) => {
  callback();
  return () => undefined;
};

/** A harness that has one record and counts what it is asked. */
function harness(all: RecordItem[]) {
  const asked: string[] = [];
  const calls = {
    children: async ({ parent, afterId, limit }: { parent: number; afterId: number; limit: number }) => {
      asked.push(`children ${parent} after ${afterId}`);
      const found = all.filter((one) => one.parent === parent && one.id > afterId);
      return { items: found.slice(0, limit), more: found.length > limit };
    },
    items: async ({ ids }: { ids: number[] }) => {
      asked.push(`items ${ids.join(',')}`);
      return all.filter((one) => ids.includes(one.id));
    },
    path: async ({ item: id }: { item: number }) => {
      const path: RecordItem[] = [];
      for (let at = all.find((one) => one.id === id); at !== undefined; at = all.find((one) => one.id === at?.parent)) path.unshift(at);
      return path;
    },
  };
  const view = new RecordView('run', calls as unknown as ConstructorParameters<typeof RecordView>[1], atOnce);
  const shown = () => view.tree.rows('all').map((row) => row.key);
  return { view, asked, shown };
}

describe('the record of a run on its page', () => {
  it('asks for a branch when it is opened, not before', async () => {
    const all = [item(1, null, { kind: 'suite' }), item(2, 1, { kind: 'test' }), item(3, 2), item(4, 2)];
    const { view, asked, shown } = harness(all);
    view.take([delta(all.slice(0, 2))]);
    await expect.poll(() => asked).toEqual(['children 1 after 0']);
    view.setOpen(2, true);
    await expect.poll(shown).toEqual(['1', '2', '3', '4']);
    expect(asked).toEqual(['children 1 after 0', 'children 2 after 0']);
  });

  it('brings keywords that stopped running up to date', async () => {
    const running = { status: 'running' } as const;
    const all = [item(1, null, { kind: 'suite' }), item(2, 1, { kind: 'test' }), item(3, 2, { status: 'failed' }), item(4, 2, running)];
    const { view } = harness(all);
    view.take([
      delta(all.slice(0, 2), [
        { ...item(1, null, { kind: 'suite', ...running }) },
        item(2, 1, { kind: 'test', ...running }),
        item(3, 2, running),
      ]),
    ]);
    view.take([delta([], [item(1, null, { kind: 'suite', ...running }), item(2, 1, { kind: 'test', ...running }), item(4, 2, running)])]);
    await expect.poll(() => view.tree.items.get(3)?.status).toBe('failed');
  });

  it('reveals a row deep in branches that nobody opened', async () => {
    const all = [item(1, null, { kind: 'suite' }), item(2, 1, { kind: 'test' }), item(3, 2, { hasChildren: true }), item(4, 3)];
    const { view, shown } = harness(all);
    view.take([delta(all.slice(0, 2))]);
    expect((await view.reveal(4))?.id).toBe(4);
    expect(shown()).toEqual(['1', '2', '3', '4']);
  });

  it('loads long branches a page at a time', async () => {
    const all = [
      item(1, null, { kind: 'suite' }),
      item(2, 1, { kind: 'test' }),
      ...Array.from({ length: 600 }, (_, at) => item(at + 3, 2)),
    ];
    const { view, shown } = harness(all);
    view.take([delta(all.slice(0, 2))]);
    view.setOpen(2, true);
    await expect.poll(() => shown().at(-1)).toBe('more-2');
    expect(shown()).toHaveLength(2 + 500 + 1);
    await view.loadMore(2);
    expect(shown()).toHaveLength(2 + 600);
  });
});
