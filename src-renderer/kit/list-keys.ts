import type { KeyboardEvent } from 'react';

/** Where a key moves to in a list of `count` rows from `at` (-1: nowhere yet); null when the key does not move. */
export function moveTo(key: string, at: number, shape: { readonly count: number; readonly page: number }): number | null {
  const last = shape.count - 1;
  if (last < 0) return null;
  const clamp = (index: number): number => Math.min(Math.max(index, 0), last);
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return clamp(at + 1);
    case 'k':
    case 'ArrowUp':
      return at < 0 ? last : clamp(at - 1);
    case 'PageDown':
      return clamp(at + shape.page);
    case 'PageUp':
      return clamp(at - shape.page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** Keys with modifiers belong to the shell; Shift may stand with letters that are verbs elsewhere. */
export function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
}
