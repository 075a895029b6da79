import type { ReactElement } from 'react';

/** `keys` as the hotkey registry writes them: "mod+k", "g r", "shift+r". */
export function Kbd({ keys }: { readonly keys: string }): ReactElement {
  return <kbd>{keyWords(keys)}</kbd>;
}

const WORDS: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  shift: 'Shift',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  f1: 'F1',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
};

export function keyWords(keys: string): string {
  return keys
    .split(/[ +]/u)
    .map((key) => WORDS[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(' ');
}
