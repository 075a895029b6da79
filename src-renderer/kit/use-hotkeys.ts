import { useEffect, useRef, useSyncExternalStore } from 'react';
import { hotkeys, type Hotkey } from './hotkeys.ts';

/** Keys that work while the component is mounted. The list may be new at each render: only its keys and labels are compared. */
export function useHotkeys(list: readonly Hotkey[]): void {
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  const shape = list.map(({ keys, label, whileTyping }) => `${keys}\t${label}\t${String(whileTyping)}`).join('\n');
  useEffect(() => {
    if (shape === '') return;
    return hotkeys.add(
      latest.current.map((hotkey) => ({ ...hotkey, run: () => latest.current.find(({ keys }) => keys === hotkey.keys)?.run() })),
    );
  }, [shape]);
}

export function useHotkeyList(): readonly Hotkey[] {
  return useSyncExternalStore(hotkeys.subscribe, hotkeys.list);
}

/** Hands what is pressed to the keys that are registered. Once a window, in its frame. */
export function useKeyListener(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (hotkeys.press(event, isTyping(event.target), Date.now())) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

/** True when keys go into text: single letters are off then. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[data-takes-keys]') !== null) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
