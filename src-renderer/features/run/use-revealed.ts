import { useEffect, useRef } from 'react';
import type { RecordItem } from '../../../src-shared/model/record.ts';
import type { RecordView } from './model/record-view.ts';

/** The item that was chosen, with the branches above it open; fetched with what leads to it when the page does not have it. */
export function useRevealed(view: RecordView, item: number | null): RecordItem | null {
  const asked = useRef<number | null>(null);
  useEffect(() => {
    if (item === null || !view.known || asked.current === item) return;
    asked.current = item;
    if (view.tree.items.has(item)) view.openTo(item);
    else view.reveal(item).catch(() => undefined);
  });
  return item === null ? null : (view.tree.items.get(item) ?? null);
}
