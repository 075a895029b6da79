import { describe, expect, it, vi } from 'vitest';
import { item } from '../model/record-item-builder.ts';
import { NOT_SEARCHED, searchRecord, type Found } from './search-record.ts';

/** A record that answers these parts, one after the other. */
function record(parts: readonly Found[]) {
  const asked: number[] = [];
  const ask = (afterId: number): Promise<Found> => {
    const part = parts[asked.length];
    asked.push(afterId);
    return part === undefined ? Promise.reject(new Error('Asked too often.')) : Promise.resolve(part);
  };
  return { ask, asked };
}

const going = (): AbortSignal => new AbortController().signal;

describe('searching a record', () => {
  it('goes on over parts that hold nothing, to the end', async () => {
    const { ask, asked } = record([
      { items: [], resumeAt: 4000 },
      { items: [], resumeAt: 8000 },
      { items: [item(9000, 1)], resumeAt: null },
    ]);
    const onPart = vi.fn();
    await searchRecord({ ask, from: NOT_SEARCHED, wanted: 500, onPart, signal: going() });
    expect(asked).toEqual([0, 4000, 8000]);
    expect(onPart).toHaveBeenCalledTimes(3);
    expect(onPart).toHaveBeenLastCalledWith({ items: [item(9000, 1)], resumeAt: null });
  });

  it('pauses when enough was found, and goes on from there with what it has', async () => {
    const { ask, asked } = record([
      { items: [item(1, null), item(2, 1)], resumeAt: 2 },
      { items: [item(3, 1)], resumeAt: null },
    ]);
    let found = NOT_SEARCHED;
    const onPart = (part: Found): void => {
      found = part;
    };
    await searchRecord({ ask, from: found, wanted: 2, onPart, signal: going() });
    expect([found.items.length, found.resumeAt]).toEqual([2, 2]);
    await searchRecord({ ask, from: found, wanted: 2, onPart, signal: going() });
    expect(found.items.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(asked).toEqual([0, 2]);
  });

  it('tells nothing after it was called off', async () => {
    const leave = new AbortController();
    const onPart = vi.fn();
    const ask = (): Promise<Found> => {
      leave.abort();
      return Promise.resolve({ items: [item(1, null)], resumeAt: 1 });
    };
    await searchRecord({ ask, from: NOT_SEARCHED, wanted: 5, onPart, signal: leave.signal });
    expect(onPart).not.toHaveBeenCalled();
  });
});
